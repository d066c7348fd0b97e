-- kind: expand
-- A session is a family of tokens: one row from login until it is revoked. Deleting it revokes every token of the family.
create table sessions (
  id uuid primary key default gen_random_uuid(),
  user_id integer not null references users on delete cascade,
  created_at timestamptz not null default now()
);
create index sessions_by_user on sessions (user_id);

create table access_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null
);
create index access_tokens_by_session on access_tokens (session_id);
create index access_tokens_by_expiry on access_tokens (expires_at);

create table refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null,
  rotated_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session_id);
create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

-- What a mail gives somebody the right to do once: at most one of a kind a user.
create table mail_tokens (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('confirm-email', 'change-email', 'reset-password')),
  user_id integer not null references users on delete cascade,
  new_email text,
  expires_at timestamptz not null,
  unique (user_id, purpose)
);
create index mail_tokens_by_expiry on mail_tokens (expires_at);

-- Counters lose nothing worth keeping in a crash, and writing them is on the path of every login.
create unlogged table rate_limits (
  key text primary key,
  hits integer not null,
  resets_at timestamptz not null
);
create index rate_limits_by_reset on rate_limits (resets_at);
