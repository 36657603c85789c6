-- What ended lately is looked for every few seconds: its process must have ended too.
create index revocation_confirmation_confirmed_at on revocation_confirmation (confirmed_at);
