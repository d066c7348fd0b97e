-- kind: expand
create extension if not exists pg_trgm;
-- The search of every list: a text anywhere in the name or the description.
create index events_name_search on events using gin (name gin_trgm_ops);
create index events_description_search on events using gin (description gin_trgm_ops);
