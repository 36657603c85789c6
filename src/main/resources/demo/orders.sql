-- The demonstration target: a shop's orders, with personal data to protect.
create table customers (
    id         int generated always as identity primary key,
    name       text not null,
    email      text not null,
    phone      text not null,
    address    text not null,
    born_on    date not null,
    country    text not null,
    created_at timestamptz not null
);
create table orders (
    id          int generated always as identity primary key,
    customer_id int not null references customers,
    status      text not null check (status in ('new', 'paid', 'shipped', 'returned')),
    total       numeric(10, 2) not null,
    placed_at   timestamptz not null
);
create table app_logs (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    level   text not null,
    service text not null,
    message text not null
);

insert into customers (name, email, phone, address, born_on, country, created_at)
select first || ' ' || last,
       lower(first || '.' || last || n || '@example.com'),
       '+49 30 ' || (5550000 + n * 37),
       street || ' ' || (1 + n % 90) || ', Springfield',
       date '1950-01-01' + (n * 97) % 20000,
       (array['DE', 'FR', 'NL', 'PL', 'SE'])[1 + n % 5],
       timestamptz '2024-01-01 08:00+00' + make_interval(hours => n * 29)
from (select n,
             (array['Ada', 'Bruno', 'Clara', 'Dario', 'Elif', 'Finn', 'Greta', 'Hugo', 'Ines', 'Jonas'])[1 + n % 10] as first,
             (array['Adler', 'Berg', 'Conti', 'Dubois', 'Evers', 'Fuchs', 'Groot', 'Haas', 'Ivanov', 'Jansen', 'Keller'])[1 + n % 11] as last,
             (array['Oak Street', 'Mill Lane', 'Station Road', 'Harbour Way'])[1 + n % 4] as street
      from generate_series(1, 200) n) as people;

insert into orders (customer_id, status, total, placed_at)
select 1 + (n * 7) % 200,
       (array['new', 'paid', 'paid', 'shipped', 'shipped', 'returned'])[1 + n % 6],
       round((5 + (n * 7919) % 40000 / 100.0)::numeric, 2),
       timestamptz '2025-01-01 06:00+00' + make_interval(mins => n * 517)
from generate_series(1, 1000) n;

insert into app_logs (at, level, service, message)
select timestamptz '2026-11-01 00:00+00' + make_interval(mins => n * 13),
       (array['INFO', 'INFO', 'INFO', 'WARN', 'ERROR'])[1 + n % 5],
       (array['checkout', 'payment', 'shipping'])[1 + n % 3],
       (array['request handled', 'queue drained', 'cache refreshed', 'slow response from upstream', 'payment provider timed out'])[1 + n % 5]
from generate_series(1, 500) n;

-- What a masked entitlement sees: the same names, without what points to a person.
create schema masked;
create view masked.customers with (security_barrier = true) as
select id,
       left(name, 1) || '***' as name,
       '***@' || split_part(email, '@', 2) as email,
       '***' || right(phone, 2) as phone,
       '***' as address,
       date_trunc('decade', born_on)::date as born_on,
       country,
       created_at
from public.customers;
create view masked.orders with (security_barrier = true) as select * from public.orders;

create role app_logs_read nologin;
create role orders_read nologin;
create role orders_read_unmasked nologin;
create role orders_write nologin;
create role orders_admin nologin;

revoke all on schema public from public;
grant connect on database orders to app_logs_read, orders_read, orders_read_unmasked, orders_write, orders_admin, drawbridge_connector;

grant usage on schema public to app_logs_read, orders_read_unmasked, orders_write, orders_admin;
grant select on app_logs to app_logs_read;
grant usage on schema masked to orders_read;
grant select on all tables in schema masked to orders_read;
grant select on customers, orders to orders_read_unmasked;
grant select, insert, update, delete on customers, orders to orders_write;
grant usage on all sequences in schema public to orders_write, orders_admin;
-- Everything with the data and its upkeep, but nothing that outlives the grant: no ownership, triggers or new objects.
grant select, insert, update, delete, truncate, maintain on customers, orders to orders_admin;

alter role orders_read in database orders set search_path = masked;

grant app_logs_read, orders_read, orders_read_unmasked, orders_write, orders_admin
    to drawbridge_connector with admin option, inherit false, set false;
