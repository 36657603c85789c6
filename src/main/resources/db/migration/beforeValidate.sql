-- For a while V5 made the two indexes that V9 makes: a database of that time lacks nothing and has nothing more.
do $$
begin
    if to_regclass('flyway_schema_history') is not null then
        update flyway_schema_history set checksum = -357033700 where version = '5' and checksum = -1022065513;
    end if;
end $$;
