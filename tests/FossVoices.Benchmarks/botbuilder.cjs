// A bot by Microsoft's own (archived) SDK: a waterfall of ten questions, its state in memory, no token checked and none sent.
// Told its connector by the activities. Prints its port; says its processor time in milliseconds on /cpu.
const http = require('http');
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConversationState, MemoryStorage } = require('botbuilder');
const { ChoicePrompt, DialogSet, DialogTurnStatus, WaterfallDialog } = require('botbuilder-dialogs');

const storage = new MemoryStorage();
const conversation = new ConversationState(storage);
const dialogs = new DialogSet(conversation.createProperty('dialogs'));
const choices = ['not at all', 'a little', 'somewhat', 'mostly', 'fully'];
dialogs.add(new ChoicePrompt('choice'));
dialogs.add(new WaterfallDialog('survey', [
  ...Array.from({ length: 10 }, (_, i) => async step => {
    if (i > 0) (step.values.answers ??= []).push(step.result.value);
    return step.prompt('choice', { prompt: `Question ${i + 1} of 10: how far should it be so?`, retryPrompt: 'Please choose one.', choices });
  }),
  async step => {
    step.values.answers.push(step.result.value);
    await step.context.sendActivity(`Thank you. You answered ${step.values.answers.length} questions.`);
    return step.endDialog();
  }
]));

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (context, error) => { console.error(error); process.exit(1); };

http.createServer((request, response) => {
  if (request.url === '/cpu') {
    const used = process.cpuUsage();
    response.end(String((used.user + used.system) / 1000));
    return;
  }
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    request.body = JSON.parse(Buffer.concat(parts));
    response.status = code => { response.statusCode = code; return response; };
    response.send = body => { response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)); return response; };
    response.header = (name, value) => { response.setHeader(name, value); return response; };
    adapter.process(request, response, async context => {
      const turn = await dialogs.createContext(context);
      const result = await turn.continueDialog();
      if (result.status === DialogTurnStatus.empty) await turn.beginDialog('survey');
      await conversation.saveChanges(context);
    });
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
