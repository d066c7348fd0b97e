-- Copies of the seeded tables, and reset(), which puts them back: faster than a database for each test.
create schema snapshot;

create function snapshot.tables() returns setof name language sql as $$
  select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'
$$;

do $$
declare t name;
begin
  for t in select * from snapshot.tables() loop
    execute format('create table snapshot.%I as table public.%I', t, t);
  end loop;
end $$;

create function snapshot.reset() returns void language plpgsql as $$
declare
  t name;
  fields text;
begin
  -- Without foreign keys for the moment: rows come back in any order.
  set local session_replication_role = replica;
  for t in select * from snapshot.tables() loop
    select string_agg(quote_ident(column_name), ', ') into fields
      from information_schema.columns
     where table_schema = 'public' and table_name = t and is_generated = 'NEVER';
    execute format('delete from public.%I', t);
    execute format('insert into public.%I (%s) select %s from snapshot.%I', t, fields, fields, t);
  end loop;
end $$;
