using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Connector;

namespace Bot.Teams.Tests.Connector;

// Rates: five thousand people of one tenant, a busy conversation, reading beside saying, one at a time, and how long a wait is waited on the spot.
public sealed class PaceTests
{
    [Fact]
    public async Task Five_thousand_people_are_told_evenly_and_the_connector_never_says_too_many()
    {
        await using var bot = await BotInTeams.StartAsync();
        var everybody = Enumerable.Range(1, 5000).Select(n => bot.Cloud.Tenant.AddUser($"Person {n}")).ToList();
        var channel = await bot.JoinAsync(bot.Cloud.Tenant.AddChannel("Pilots", "General", everybody));
        await bot.Platform.MembersAsync(bot.Workspace, new Conversation(channel.Id, ConversationKind.Channel), CancellationToken.None);
        var before = bot.Clock.GetUtcNow();

        await Parallel.ForEachAsync(everybody, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (user, ct) => BotInTeams.Posted(await bot.TellAsync(user, ct: ct)));

        Assert.DoesNotContain(bot.Arrivals, a => a.Status == 429);
        Assert.All(everybody, user => Assert.Single(bot.Cloud.Tenant.PersonalChat(user).Messages));
        // A chat is opened and a card sent for each of them.
        Assert.InRange(bot.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(9_990 / 40.0), TimeSpan.FromSeconds(10_000 / 30.0));
    }

    [Fact]
    public async Task A_conversation_gets_what_its_windows_allow_and_no_more()
    {
        await using var bot = await BotInTeams.StartAsync();
        var group = await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat("Pilots"));
        var outcomes = new List<PostOutcome>();

        for (var n = 0; n < 70; n++)
        {
            outcomes.Add(await bot.PostAsync(group));
        }

        Assert.DoesNotContain(bot.Arrivals, a => a.Status == 429);
        // Sixty in half a minute; the rest would have had to wait longer than is waited on the spot.
        Assert.Equal(60, outcomes.Count(o => o is PostOutcome.Posted));
        Assert.All(outcomes.Skip(60), o => Assert.InRange(Assert.IsType<PostOutcome.Later>(o).After!.Value, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Edits_of_one_conversation_go_one_after_the_other()
    {
        var turns = new Turns(new PassingClock());
        var first = await turns.EnterAsync(Traffic.Saying, "tenant", "conversation", CancellationToken.None);

        var second = turns.EnterAsync(Traffic.Saying, "tenant", "conversation", CancellationToken.None);
        using var elsewhere = await turns.EnterAsync(Traffic.Saying, "tenant", "another conversation", CancellationToken.None);
        using var reading = await turns.EnterAsync(Traffic.Reading, "tenant", "conversation", CancellationToken.None);

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Whoever_stops_waiting_leaves_the_row()
    {
        var turns = new Turns(new PassingClock());
        using var stopping = new CancellationTokenSource();
        var first = await turns.EnterAsync(Traffic.Saying, "tenant", "conversation", CancellationToken.None);
        var second = turns.EnterAsync(Traffic.Saying, "tenant", "conversation", stopping.Token);
        var third = turns.EnterAsync(Traffic.Saying, "tenant", "conversation", CancellationToken.None);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Many_edits_at_once_are_all_done_and_none_is_refused_for_the_other()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ada = await bot.MeetAsync("Ada Byron");
        var posted = await bot.TellAsync(ada);

        await Task.WhenAll(Enumerable.Range(1, 6).Select(n => bot.UpdateAsync(posted, BotInTeams.Card($"edit {n}"))));

        Assert.Equal(6, bot.Cloud.Tenant.PersonalChat(ada).Last.Edits);
        Assert.DoesNotContain(bot.Arrivals, a => a.Status is 412 or 429);
    }

    [Fact]
    public async Task One_tenants_pace_is_no_matter_to_another()
    {
        var clock = new PassingClock();
        var turns = new Turns(clock);
        for (var n = 0; n < 40; n++)
        {
            using var turn = await turns.EnterAsync(Traffic.Saying, "one", $"{n}", CancellationToken.None);
            Assert.Null(await turn.WaitAsync(CancellationToken.None));
        }

        var before = clock.GetUtcNow();
        using var other = await turns.EnterAsync(Traffic.Saying, "other", "conversation", CancellationToken.None);

        Assert.Null(await other.WaitAsync(CancellationToken.None));
        Assert.Equal(before, clock.GetUtcNow());
        // Five at once, then evenly.
        Assert.Equal(PassingClock.Start + (35 * TimeSpan.FromMilliseconds(25)), before);
    }
}
