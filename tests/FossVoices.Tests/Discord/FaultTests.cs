using Microsoft.Data.Sqlite;

namespace FossVoices.Tests.Discord;

/// <summary>Whole surveys while Discord, the network or the server's administrators are at their worst: what was answered is kept once, and people are told where they are.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_survey_of_which_every_request_meets_a_limit_first_is_kept_whole()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        program.Discord.Limits.EachOnce = true;
        var ada = new Guest(program, "Ada");

        await ada.AgreeAsync();
        var asked = await ada.AnswerAllAsync();

        Assert.Equal(asked, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session where finished_at is not null"));
        Assert.Contains(program.Discord.Log, request => request.Status == 429);
        Assert.All(program.Discord.Log, request => Assert.True(request.Status is < 400 or 429, $"{request.Method} {request.Path}: {request.Status}"));
    }

    [Fact]
    public async Task An_answer_that_Discord_found_too_late_is_kept_and_the_next_click_says_where_one_is()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        var first = ada.Message.CustomIds[0];

        program.Discord.Deadline = TimeSpan.FromMilliseconds(1);
        var missed = await program.Discord.ClickAsync(ada.Person, ada.Message, first);
        await UntilAsync(program, "select count(*) from answer", 1);
        await LoopbackBot.Until(() => program.Discord.Log.Any(request => request.Path.Contains(missed.Id, StringComparison.Ordinal)));
        program.Discord.Deadline = TimeSpan.FromSeconds(60);

        Assert.NotNull(missed.Failure);
        Assert.Contains("Question 1", ada.Message.Text, StringComparison.Ordinal); // Discord still shows the old question
        await Guest.SettleAsync(program.Discord.ClickAsync(ada.Person, ada.Message, first));
        Assert.Contains("already moved on", ada.Message.Text, StringComparison.Ordinal);
        Assert.Equal(1, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task An_answer_whose_message_could_not_be_edited_any_more_is_kept_and_Start_goes_on_after_it()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();

        LoopbackInteraction deferred;
        await using (var held = await HoldAsync(program))
        {
            deferred = await program.Discord.ClickAsync(ada.Person, ada.Message, ada.Message.CustomIds[0]);
            program.Discord.ExpireTokens();
        }

        await UntilAsync(program, "select count(*) from answer", 1);
        await LoopbackBot.Until(() => program.Discord.Log.Any(request => request is { Method: "PATCH", Status: >= 400 } && request.Path.Contains(deferred.Token, StringComparison.Ordinal)));
        await ada.StartAsync();

        Assert.Equal(6, deferred.Answered);
        Assert.Contains("Question 2", ada.Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storm_of_lost_connections_in_the_middle_of_surveys_costs_no_answer_and_keeps_none_twice()
    {
        const int People = 3;
        await using var program = await InDiscord.StartAsync();
        program.Discord.Deadline = TimeSpan.FromMinutes(1);
        program.Discord.TellsTwice = true;
        await program.InviteAsync();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var storm = Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                await program.Discord.DisconnectAsync((i % 3) switch { 0 => new Disconnect.Cut(), 1 => new Disconnect.PleaseReconnect(), _ => new Disconnect.Close(4000) });
                await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, CancellationToken.None);
            }
        }, TestContext.Current.CancellationToken);

        var asked = await Task.WhenAll(Enumerable.Range(0, People).Select(async i =>
        {
            var guest = new Guest(program, $"Guest {i}");
            await guest.AgreeAsync();
            return await guest.AnswerAllAsync();
        }));
        await over.CancelAsync();
        await storm;

        Assert.Equal(asked.Sum(), await program.CountAsync("select count(*) from answer"));
        Assert.Equal(People, await program.CountAsync("select count(*) from session where finished_at is not null"));
        Assert.Equal(1, program.Discord.Gateway.Identifies);
    }

    [Fact]
    public async Task Where_the_bot_may_not_write_people_still_answer_and_the_operator_is_told_which_right_is_missing()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        program.Channel.Refuses = new LoopbackRefusal(403, 50013, "Missing Permissions");

        await Guest.SettleAsync(program.Discord.CommandAsync(program.Organiser, program.Channel, "voices-study report"));
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await UntilAsync(program, "select count(*) from outbox where state = 'failed' and reason like '%Attach Files%'", 1);
        Assert.Equal(1, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task A_channel_that_is_deleted_is_forgotten_and_whoever_began_there_goes_on_elsewhere()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await program.Discord.DeleteChannelAsync(program.Channel);
        await UntilAsync(program, "select count(*) from place where gone_at is not null and address is null", 1);
        var elsewhere = program.Discord.AddChannel("elsewhere");
        await Guest.SettleAsync(program.Discord.CommandAsync(ada.Person, elsewhere, "voices start"));

        Assert.Contains("Question 2", program.Discord.Seen(elsewhere, ada.Person)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_removes_the_bot_is_forgotten_and_answers_stay_until_asked_in_again()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await program.Discord.RemoveFromGuildAsync();
        await UntilAsync(program, "select count(*) from place where gone_at is not null and address is null", 1);
        Assert.Equal(1, await program.CountAsync("select count(*) from answer"));

        await program.InviteAsync();
        await ada.StartAsync();
        Assert.Contains("Question 2", ada.Message.Text, StringComparison.Ordinal);
        Assert.Equal(1, await program.CountAsync("select count(*) from place where gone_at is null"));
    }

    /// <summary>Takes the database for itself, as a backup or a slow disk may, so that an answer takes longer than Discord waits.</summary>
    private static async Task<SqliteConnection> HoldAsync(InDiscord program)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(program.Data, "fossvoices.db")};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var begin = connection.CreateCommand();
        begin.CommandText = "begin immediate";
        await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task UntilAsync(InDiscord program, string sql, long count)
    {
        for (var tries = 0; await program.CountAsync(sql) != count; tries++)
        {
            Assert.True(tries < 600, $"a minute went by without {count}: {sql}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
