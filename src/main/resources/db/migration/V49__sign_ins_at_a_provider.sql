-- Which sessions here began by which sign-in at an identity provider, so that they end when that one does. No facts; rows of
-- sessions that are over are cleared away.
create table provider_session (
    session_id char(36)     not null primary key,
    issuer     text         not null,
    subject    text         not null,
    sid        text
);
create index provider_session_sid on provider_session (issuer, sid);
create index provider_session_subject on provider_session (issuer, subject);
