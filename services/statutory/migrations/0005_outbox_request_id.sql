-- kind: expand
-- The request that promised a mail, so that the mailer's log says so too.
alter table outbox add column request_id text;
