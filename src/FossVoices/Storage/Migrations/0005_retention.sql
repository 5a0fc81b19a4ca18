-- The day of deletion that somebody was shown on agreeing: a study that changes its mind later cannot extend it. Null for a transcript.
alter table session add column keep_until bigint null;
