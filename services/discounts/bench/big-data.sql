-- 40 partners with 500 codes each, half of them claimed; user 1 claimed a few of each partner.
insert into integrations (name, code, quota_period, quota_amount, description)
select 'Partner ' || n, 'partner-' || n, 'month', 1, repeat('Ten percent off. ', 10)
  from generate_series(1, 40) n;
insert into codes (integration_id, value, claimed_by, claimed_at)
select integrations.id, 'code-' || n,
       case when n % 100 = 0 then 1 when n % 2 = 0 then 100000 + n end,
       case when n % 2 = 0 then now() - interval '1 day' * n end
  from integrations, generate_series(1, 500) n;
insert into categories (name, discounts)
select 'Category ' || n, '[{"icon": "train", "name": "Maps", "shortDescription": "Maps", "longDescription": "Printed maps."}]'
  from generate_series(1, 60) n;

analyze;
