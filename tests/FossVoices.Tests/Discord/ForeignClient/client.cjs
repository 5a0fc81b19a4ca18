// Does with discord.js what a bot does, and says on standard output, a line each, what happened.
'use strict';
const { Client, Events, LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle, ActionRowBuilder, ButtonBuilder, ButtonStyle, MessageFlags, REST, Routes } = require('discord.js');

const [api, token, application, channel] = process.argv.slice(2);
const say = (what, more = '') => process.stdout.write(`${what} ${more}\n`);

const client = new Client({ intents: [1], rest: { api, version: '10' } });
const buttons = (...ids) => new ActionRowBuilder().addComponents(ids.map((id) => new ButtonBuilder().setCustomId(id).setLabel(`Press ${id}`).setStyle(ButtonStyle.Primary)));

client.once(Events.ClientReady, async () => {
  const rest = new REST({ api, version: '10' }).setToken(token);
  const registered = await rest.put(Routes.applicationCommands(application), {
    body: [{ name: 'voices', description: 'Say what you expect', options: [{ type: 3, name: 'study', description: 'Which', autocomplete: true }] }],
  });
  say('registered', registered.length);
  const posted = await (await client.channels.fetch(channel)).send({
    content: 'Invitation', components: [buttons('reply', 'later', 'modal', 'update')],
    files: [{ attachment: Buffer.from('picture'), name: 'gaps.png', description: 'Two bars' }],
  });
  await posted.edit({ content: 'Invitation (edited)' });
  say('ready', client.user.id);
});

client.on(Events.ShardResume, (id, replayed) => say('resumed', replayed));
client.on(Events.Error, (error) => say('error', error.message));

client.on(Events.InteractionCreate, async (interaction) => {
  try {
    if (interaction.isAutocomplete()) {
      await interaction.respond([{ name: 'PyPI', value: 'pypi' }]);
    } else if (interaction.isChatInputCommand()) {
      const response = await interaction.reply({ content: `Hello ${interaction.user.username} from ${interaction.guildId} in ${interaction.locale}`, flags: MessageFlags.Ephemeral, withResponse: true });
      await interaction.editReply({ content: `${response.resource.message.content}, again`, components: [buttons('inner')] });
      await interaction.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
    } else if (interaction.isButton() && interaction.customId === 'later') {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('Later');
    } else if (interaction.isButton() && interaction.customId === 'modal') {
      await interaction.showModal(new ModalBuilder().setCustomId('m1').setTitle('Your answer').addLabelComponents(
        new LabelBuilder().setLabel('Words').setTextInputComponent(new TextInputBuilder().setCustomId('words').setStyle(TextInputStyle.Paragraph))));
    } else if (interaction.isButton() && interaction.customId === 'update') {
      await interaction.deferUpdate();
      await interaction.editReply({ content: 'Updated', components: interaction.message.components });
    } else if (interaction.isButton()) {
      await interaction.update({ content: `Pressed ${interaction.customId}`, components: interaction.message.components });
    } else if (interaction.isModalSubmit()) {
      await interaction.reply({ content: `Wrote: ${interaction.fields.getTextInputValue('words')}`, flags: MessageFlags.Ephemeral });
      await interaction.reply({ content: 'twice' }).catch((error) => say('refused', error.code));
    }
    say('done', interaction.type);
  } catch (error) {
    say('failed', `${interaction.type} ${error.code} ${error.message}`.replaceAll('\n', ' '));
  }
});

process.stdin.on('end', () => client.destroy().then(() => process.exit(0))).resume();
client.login(token).catch((error) => { say('failed', error.message); process.exit(1); });
