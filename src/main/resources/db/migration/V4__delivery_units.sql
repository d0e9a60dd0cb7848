-- A delivery is found by its unit only to be replayed: the many that pass need not be in that index.
drop index delivery_by_unit;
create index delivery_kept_by_unit on delivery (tenant, integration, unit) where state = 1;
