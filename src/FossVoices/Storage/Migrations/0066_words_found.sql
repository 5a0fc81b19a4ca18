-- Answers in words are few among all answers; whoever looks for them need not read the rest.
create index answer_words on answer (study, session, address) where kind = 'words';
