-- kind: expand
-- Mails that the service has promised; delivered rows are deleted. Copied from @myaegee/outbox.
create table outbox (
  id uuid primary key default gen_random_uuid(),
  template text not null,
  subject text not null,
  recipients text[] not null check (cardinality(recipients) between 1 and 2000),
  parameters jsonb not null,
  reply_to text,
  request_id text,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  dead_at timestamptz
);

create index outbox_due on outbox (next_attempt_at) where dead_at is null;
