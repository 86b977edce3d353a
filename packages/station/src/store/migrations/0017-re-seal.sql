-- From which entry of ours on the counterpart could not open what we left for it: that is to be sealed anew.
alter table channel add column re_seal bigint;
