-- What sets a difference on a target right, where its owner has to.
alter table discrepancy add column cure text;
-- What is left of access that has ended: counted every few seconds.
create index discrepancy_kind on discrepancy (kind);
