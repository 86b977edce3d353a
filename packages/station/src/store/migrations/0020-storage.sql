-- Hashes and signatures do not shrink: to try cost the database some milliseconds for each parcel.
alter table approval alter column bytes set storage external;
alter table channel alter column signed_note set storage external, alter column cosigned_note set storage external;
alter table relation_digest alter column sums set storage external;
