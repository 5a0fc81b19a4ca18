using System.Collections.Concurrent;
using System.Diagnostics;

namespace FossVoices.Tests.Discord;

/// <summary>The loopback Discord is held to account by a client that others wrote: what discord.js can do at Discord, it can do here.</summary>
public sealed class ForeignClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discord_js_logs_in_registers_is_clicked_replies_defers_edits_opens_a_modal_and_resumes()
    {
        var folder = await InstallAsync();
        try
        {
            await using var discord = await LoopbackDiscord.StartAsync(openMentions: true);
            var (channel, ada) = (discord.AddChannel("general"), discord.AddPerson("Ada", "fr"));
            await using var client = new ForeignClient(folder, discord, channel);
            await client.HearsAsync("ready");
            await LoopbackBot.Until(() => discord.Seen(channel) is [{ Edits: 1 }]);
            var invitation = discord.Seen(channel)[0];
            Assert.Equal(("Invitation (edited)", "picture"), (invitation.Text, System.Text.Encoding.UTF8.GetString(invitation.Files["gaps.png"])));
            Assert.Equal("voices", (string?)Assert.Single(discord.Commands)["name"]);

            var command = await discord.CommandAsync(ada, channel, "voices");
            await client.HearsAsync("done 2");
            Assert.Equal($"Hello Ada from {LoopbackWorld.Guild} in fr, again", command.Message!.Text);
            Assert.Equal(ada.Id, command.Message.OnlyFor);
            Assert.Equal("And more", Assert.Single(command.FollowUps).Text);
            Assert.Equal("pypi", (string?)(await discord.TypeAsync(ada, channel, "voices", "study", "py")).Choices![0]!["value"]);

            Assert.Equal("Pressed inner", (await discord.ClickAsync(ada, command.Message, "inner")).Message!.Text);
            Assert.Equal("Pressed reply", (await discord.ClickAsync(ada, invitation, "Press reply")).Message!.Text);
            var later = await discord.ClickAsync(ada, invitation, "later");
            await later.Settled.WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.Equal((5, "Later", ada.Id), (later.Answered, later.Message!.Text, later.Message.OnlyFor));
            var update = await discord.ClickAsync(ada, invitation, "update");
            await update.Settled.WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.Equal((6, "Updated"), (update.Answered, invitation.Text));

            var modal = await discord.ClickAsync(ada, invitation, "modal");
            var sent = await discord.SubmitModalAsync(modal, new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = "It is hard" });
            Assert.Equal((9, "Wrote: It is hard"), (modal.Answered, sent.Message!.Text));

            await discord.DisconnectAsync(new Disconnect.PleaseReconnect());
            await client.HearsAsync("resumed");
            await discord.DisconnectAsync(new Disconnect.Close(4000));
            var missed = discord.ClickAsync(ada, invitation, "reply"); // while discord.js is away
            await LoopbackBot.Until(() => discord.Gateway.Resumes == 2);
            Assert.Equal("Pressed reply", (await missed).Message!.Text);
            Assert.Equal(1, discord.Gateway.Identifies);
            Assert.DoesNotContain(client.Lines, line => line.StartsWith("failed", StringComparison.Ordinal) || line.StartsWith("error", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A folder with discord.js in it; skips where node or npm, or the way to the registry, is missing.</summary>
    private static async Task<string> InstallAsync()
    {
        var source = Path.Combine(Repository.Root, "tests", "FossVoices.Tests", "Discord", "ForeignClient");
        var folder = Directory.CreateTempSubdirectory("voices-js-").FullName;
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            var errors = npm.StandardError.ReadToEndAsync(Token);
            await npm.StandardOutput.ReadToEndAsync(Token);
            await npm.WaitForExitAsync(Token);
            if (npm.ExitCode == 0)
                return folder;
            Missing($"npm could not install discord.js: {await errors}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing("needs node and npm (apt-get install nodejs npm)");
        }

        return folder;
    }

    private static void Missing(string why)
    {
        Assert.True(Environment.GetEnvironmentVariable("CI") is null, why);
        Assert.Skip(why);
    }

    /// <summary>The other client, as a process of its own.</summary>
    private sealed class ForeignClient : IAsyncDisposable
    {
        private readonly Process _node;

        public ForeignClient(string folder, LoopbackDiscord discord, LoopbackChannel channel)
        {
            var api = discord.Api.ToString().Replace("/v10/", "", StringComparison.Ordinal);
            _node = new Process
            {
                StartInfo = new ProcessStartInfo("node", ["client.cjs", api, LoopbackWorld.Token, LoopbackWorld.Application, channel.Id])
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                },
            };
            _node.OutputDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
            _node.ErrorDataReceived += (_, line) => Lines.Enqueue(line.Data is { Length: > 0 } text ? $"error {text}" : "");
            _node.Start();
            _node.BeginOutputReadLine();
            _node.BeginErrorReadLine();
        }

        public ConcurrentQueue<string> Lines { get; } = new();

        public async Task HearsAsync(string begins)
        {
            await LoopbackBot.Until(() => _node.HasExited || Lines.Any(l => l.StartsWith(begins, StringComparison.Ordinal) || l.StartsWith("failed", StringComparison.Ordinal)));
            Assert.True(Lines.Any(l => l.StartsWith(begins, StringComparison.Ordinal)), $"no '{begins}' from discord.js, but: {string.Join(" | ", Lines)}");
        }

        public async ValueTask DisposeAsync()
        {
            _node.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _node.WaitForExitAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            if (!_node.HasExited)
                _node.Kill();
            _node.Dispose();
        }
    }
}
