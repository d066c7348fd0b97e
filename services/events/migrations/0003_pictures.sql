-- kind: expand
create table pictures (
  event_id integer primary key references events (id),
  mime_type text not null,
  content bytea not null,
  -- Names the content, so a browser can ask whether its copy is still the right one.
  sha256 text not null,
  updated_at timestamptz not null default now(),
  constraint pictures_type_known check (mime_type in ('image/png', 'image/jpeg'))
);
