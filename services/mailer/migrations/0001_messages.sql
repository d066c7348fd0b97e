-- kind: expand
create table messages (
  id uuid primary key default gen_random_uuid(),
  service text not null,
  idempotency_key text,
  -- Which recipient of its request, from 0.
  position integer not null,
  template text not null,
  recipient text not null,
  subject text not null,
  sender text,
  reply_to text,
  cc text[] not null default '{}',
  bcc text[] not null default '{}',
  -- Emptied as soon as the mail is sent: they hold tokens.
  parameters jsonb not null,
  status text not null default 'queued' check (status in ('queued', 'sending', 'sent', 'dead')),
  attempts integer not null default 0,
  -- Of a queued message: when it is due. Of one being sent: when it belongs to nobody any more.
  next_attempt_at timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);

create unique index messages_key on messages (service, idempotency_key, position)
  where idempotency_key is not null;
create index messages_due on messages (next_attempt_at) where status in ('queued', 'sending');
create index messages_newest on messages (created_at desc, id);
create index messages_by_status on messages (status, created_at desc);
create index messages_by_template on messages (template, created_at desc);
create index messages_by_recipient on messages (lower(recipient), created_at desc);
