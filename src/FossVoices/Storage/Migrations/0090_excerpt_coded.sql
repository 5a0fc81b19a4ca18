-- Where an excerpt's words were coded when its round was opened, so that everybody reads the passage that somebody looked at: START+LENGTH, no words.
-- Null while the round is being prepared.
alter table excerpt add column coded text null;

-- Rounds that are open were looked at by their beginnings.
update excerpt set coded = ''
 where exists (select 1 from round r where r.study = excerpt.study and r.wave = excerpt.wave and r.flow = excerpt.flow and r.opened_at is not null);
