// Answers survey.json one question at a time for the given seconds, each respondent with a new model, and prints how many responses a CPU-second that makes.
const { Model } = require("survey-core");
const fs = require("fs");
const json = JSON.parse(fs.readFileSync("survey.json", "utf8"));
const seconds = Number(process.argv[2]);

function answer(i, respondent) {
  switch (i % 4) {
    case 0: return ["a", "b", "c"][(i + respondent) % 3];
    case 3: return "It went on as it had always done";
    default: return 1 + ((i + respondent) % 5);
  }
}

function respond(respondent) {
  const model = new Model(json);
  let asked = 0;
  for (;;) {
    const question = model.currentSingleQuestion;
    question.value = answer(Number(question.name.slice(1)), respondent);
    asked++;
    if (!model.isShowNextButton) {
      if (!model.completeLastPage()) throw new Error("not completed");
      return asked;
    }
    model.performNext();
    if (model.currentSingleQuestion === question) throw new Error("stands still at " + question.name);
  }
}

for (let i = 0; i < 3; i++) respond(i); // Compiles everything.
const before = process.cpuUsage();
const began = process.hrtime.bigint();
let responses = 0, asked = 0;
while (Number(process.hrtime.bigint() - began) / 1e9 < seconds) asked += respond(responses++);
const used = process.cpuUsage(before);
const version = JSON.parse(fs.readFileSync("node_modules/survey-core/package.json", "utf8")).version;
console.log(JSON.stringify({ version, responses: responses / ((used.user + used.system) / 1e6), asked: asked / responses }));
