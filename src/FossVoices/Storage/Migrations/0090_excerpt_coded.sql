-- Where an excerpt's words were coded when its round was opened, so that everybody reads the passage that somebody looked at: START+LENGTH, no words.
-- Null while the round is being prepared.
alter table excerpt add column coded text null;
