-- What came ahead of its prefix is read like any act, by its id.
create index express_act on express using hash (act) where envelope is not null;
