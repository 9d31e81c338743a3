using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

// Which initiative somebody means: here, by name, the only one of mine, the only one; with words; by key; who may set it.
public sealed class FindInitiativeTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task The_one_of_this_channel_is_meant_before_others()
    {
        await _product.SeedLoopAsync();
        await _product.RegisterAsync("Lead scoring", owner: "ben");

        var found = await OneAsync("ben", "");

        Assert.Equal("Churn predictor", found.Initiative?.Initiative.Name);
        Assert.Equal((true, true), (found.Initiative!.Loop is not null, found.Initiative.Channel is not null));
    }

    [Fact]
    public async Task Without_a_loop_here_it_is_the_only_one_of_mine()
    {
        await _product.RegisterAsync("Lead scoring", owner: "ben");
        await _product.RegisterAsync("Ticket triage", owner: "ana");

        var found = await OneAsync("ben", "");

        Assert.Equal(("Lead scoring", true), (found.Initiative?.Initiative.Name, found.Initiative?.Loop is null));
    }

    [Fact]
    public async Task The_only_one_of_the_workspace_is_meant_by_anybody()
    {
        await _product.RegisterAsync("Lead scoring", owner: "ben");

        var found = await OneAsync("dev", "");

        Assert.Equal("Lead scoring", found.Initiative?.Initiative.Name);
    }

    [Theory]
    [InlineData("LEAD SCORING", "Lead scoring")]
    [InlineData("triage", "Ticket triage")]
    [InlineData("lead", "Lead")]
    public async Task A_name_is_known_whole_in_part_and_in_any_case(string typed, string expected)
    {
        await _product.RegisterAsync("Lead scoring");
        await _product.RegisterAsync("Lead");
        await _product.RegisterAsync("Ticket triage");

        var found = await OneAsync("dev", typed);

        Assert.Equal(expected, found.Initiative?.Initiative.Name);
    }

    [Fact]
    public async Task Of_several_the_name_is_asked()
    {
        await _product.RegisterAsync("Lead scoring");
        await _product.RegisterAsync("Ticket triage");

        var found = await OneAsync("dev", "");
        var unknown = await OneAsync("dev", "nothing of that name");

        Assert.Contains("Which one? Say its name: Lead scoring, Ticket triage.", found.Said);
        Assert.Contains("I do not know \"nothing of that name\". There is: Lead scoring, Ticket triage.", unknown.Said);
    }

    [Fact]
    public async Task An_empty_register_says_how_to_begin()
    {
        var found = await OneAsync("dev", "");

        Assert.Contains("/pilot new", found.Said);
    }

    [Fact]
    public async Task Words_may_follow_the_longest_name_that_fits()
    {
        await _product.RegisterAsync("Lead");
        await _product.RegisterAsync("Lead scoring");

        var found = await WithWordsAsync("dev", "lead scoring stalled now");

        Assert.Equal(("Lead scoring", "stalled now"), (found.Initiative?.Initiative.Name, found.Words));
    }

    [Fact]
    public async Task One_of_another_workspace_is_as_unknown_as_one_that_never_was()
    {
        var theirs = await _product.RegisterAsync("Lead scoring");
        var stranger = new WorkspaceRef(RecordingChat.TheName, "globex", "Globex");

        var byKey = await AskAsync("eve", (find, asked) => find.ByKeyAsync(asked, theirs.ToString(), CancellationToken.None), stranger);
        var refusals = await AskAsync(
            "eve",
            async (find, asked) => (await find.ToSetAsync(asked, theirs.ToString(), CancellationToken.None), await find.ToSetAsync(asked, Guid.NewGuid().ToString("N"), CancellationToken.None)),
            stranger);

        Assert.Null(byKey);
        Assert.Equal(Said(refusals.Item1.Refusal), Said(refusals.Item2.Refusal));
        Assert.Contains("not known here", Said(refusals.Item1.Refusal));
    }

    [Theory]
    [InlineData("ana", "ana", "ben", true)]
    [InlineData("root", "ana", "ben", true)]
    [InlineData("ben", "ana", "ben", false)]
    [InlineData("ben", null, "ben", true)]
    [InlineData("dev", null, "ben", false)]
    [InlineData("dev", null, null, false)]
    public async Task The_owner_and_admins_may_set_it_and_until_there_is_an_owner_whoever_registered_it(string who, string? owner, string? by, bool may)
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: owner, by: by);

        var (found, refusal) = await AskAsync(who, (find, asked) => find.ToSetAsync(asked, id.ToString(), CancellationToken.None));

        Assert.Equal(may, found is not null);
        Assert.Equal(may, refusal is Reply.Silence);
        if (!may)
        {
            Assert.Contains("workspace admin", Said(refusal));
            Assert.Contains(owner is not null ? "Ana (owner)" : by is not null ? "Ben, who registered it" : "no owner yet", Said(refusal));
        }
    }

    private static string Said(Reply reply) => reply is Reply.Whisper whisper ? CardText.Of(whisper.Card).ReplaceLineEndings("") : "";

    private async Task<(InitiativeInHand? Initiative, string Said)> OneAsync(string who, string named)
    {
        InitiativeInHand? found = null;
        var reply = await AskAsync(who, (find, asked) => find.OneAsync(asked, named, Take, CancellationToken.None));
        return (found, Said(reply));

        Task<Reply> Take(InitiativeInHand one)
        {
            found = one;
            return Task.FromResult<Reply>(new Reply.Silence());
        }
    }

    private async Task<(InitiativeInHand? Initiative, string? Words)> WithWordsAsync(string who, string words)
    {
        (InitiativeInHand? Initiative, string? Words) found = default;
        await AskAsync(who, (find, asked) => find.OneWithWordsAsync(asked, words, Take, CancellationToken.None));
        return found;

        Task<Reply> Take(InitiativeInHand one, string rest)
        {
            found = (one, rest);
            return Task.FromResult<Reply>(new Reply.Silence());
        }
    }

    private Task<T> AskAsync<T>(string who, Func<FindInitiative, Asked, Task<T>> ask, WorkspaceRef? workspace = null) => _product.UseAsync(async db =>
    {
        var book = new AddressBook(db, _product.Clock);
        var place = await book.WorkspaceAsync(workspace ?? _product.Workspace, CancellationToken.None);
        var person = await book.PersonAsync(place, new ChatPerson(who), CancellationToken.None);
        var channel = workspace is null ? await db.Channels.SingleAsync(c => c.ExternalId == Product.Team) : null;
        return await ask(new FindInitiative(db, _product.Get<CardBook>()), new Asked(place, person, channel, null));
    });
}
