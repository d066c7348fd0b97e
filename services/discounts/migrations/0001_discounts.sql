-- kind: expand
create table integrations (
  id integer generated always as identity primary key,
  name text not null,
  code text not null,
  quota_period text not null check (quota_period in ('day', 'month', 'year')),
  quota_amount integer not null check (quota_amount >= 1),
  description text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create unique index integrations_code on integrations (lower(code));
create index integrations_name on integrations (name, id);

create table codes (
  id integer generated always as identity primary key,
  integration_id integer not null references integrations (id),
  value text not null,
  claimed_by integer,
  claimed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint codes_value unique (integration_id, value),
  constraint codes_claim check ((claimed_by is null) = (claimed_at is null))
);

create index codes_free on codes (integration_id, id) where claimed_by is null;
create index codes_claims on codes (integration_id, claimed_by, claimed_at)
  where claimed_by is not null;
create index codes_mine on codes (claimed_by, claimed_at desc) where claimed_by is not null;

create table categories (
  id integer generated always as identity primary key,
  name text not null,
  discounts jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index categories_name on categories (name, id);
