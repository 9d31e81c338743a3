using System.Text.RegularExpressions;
using Bot.Cards;
using Bot.Delivery;
using Bot.Web.Playground;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests;

// dead-letters from the command line, beside a host that runs: listed without their texts, sent again within its usual sweep.
public sealed partial class DeadLettersCommandTests
{
    [Fact]
    public async Task A_host_that_runs_delivers_what_is_sent_again_beside_it()
    {
        using var store = new StoreFile();
        await Crowd.SeedAsync(store, people: 4, loops: 1);
        await using var host = await HostProcess.StartReadyAsync(store.Path);
        await Eventually.HoldsAsync("everybody is asked", () => store.AskAsync(async db => !await db.Outbox.AnyAsync(o => o.State == OutboxState.Waiting)));
        await RefusedAsync(store, "p001");

        var (listed, list) = await RunAsync(store, "list");
        Assert.Equal(0, listed);
        Assert.Matches(@"notice +\S+ \(playground\), Refused: invalid_blocks", list);
        Assert.DoesNotContain("between us", list);

        var (sent, said) = await RunAsync(store, "resend", Ids().Match(list).Value);
        Assert.True(sent == 0, said);
        Assert.Contains("1 card waits to be sent again.", said);
        await Eventually.HoldsAsync("it is out", () => store.AskPlaygroundAsync(db => db.Messages.AnyAsync(m => m.Key == "notice:1" && m.ConversationId == "dm-p001")));

        Assert.Contains("There are no dead letters.", (await RunAsync(store)).Output);
        Assert.False(host.HasEnded);
    }

    [Fact]
    public async Task What_makes_no_sense_any_more_is_told_and_the_exit_code_says_that_not_all_went()
    {
        using var store = new StoreFile();
        await store.MigrateAsync();
        await using (var db = store.Product())
        {
            var (there, gone) = (OldCards.Somebody("there"), OldCards.Somebody("gone"));
            gone.GoneAt = TimeProvider.System.GetUtcNow();
            db.AddRange([.. OldCards.Of(OldCards.Dead("notice:1", 10, to: there.Id), OldCards.Dead("notice:2", 10, to: gone.Id)), there, gone]);
            await db.SaveChangesAsync();
        }

        Assert.Contains("0 cards wait", (await RunAsync(store, "resend", "--all", "--workspace", "another")).Output);
        var (code, output) = await RunAsync(store, "resend", "--all", "--workspace", PlaygroundPlatform.Workspace.Id);

        Assert.Equal(1, code);
        Assert.Contains("not sent: The person is gone.", output);
        Assert.Contains("1 card waits to be sent again.", output);
    }

    [Theory]
    [InlineData("resend")]
    [InlineData("resend", "x")]
    [InlineData("delete")]
    public async Task What_cannot_be_understood_gets_the_usage(params string[] args)
    {
        using var store = new StoreFile();

        var (code, output) = await RunAsync(store, args);

        Assert.Equal(2, code);
        Assert.Contains("dead-letters resend --all [--workspace ID]", output);
    }

    private static async Task RefusedAsync(StoreFile store, string person)
    {
        await using var db = store.Product();
        var to = await db.People.SingleAsync(p => p.ExternalId == person);
        new Outbox(db, TimeProvider.System).Post(to.WorkspaceId, "notice:1", to.Id, CardBook.Open().Fill(new Notice("between us")));
        var card = db.Outbox.Local.Single();
        (card.State, card.EndedAt, card.LastError) = (OutboxState.Dead, TimeProvider.System.GetUtcNow(), "Refused: invalid_blocks");
        await db.SaveChangesAsync();
    }

    private static Task<(int Code, string Output)> RunAsync(StoreFile store, params string[] args) => HostProcess.RunAsync(store.Path, null, [DeadLettersCommand.Word, .. args]);

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
