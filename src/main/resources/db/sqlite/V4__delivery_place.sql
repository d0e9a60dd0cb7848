-- Deliveries come in through the files in deliveries/: up to this place all of them are records, or rows of delivery.
create table delivery_place (
    id    integer not null primary key,
    place bigint  not null
);
