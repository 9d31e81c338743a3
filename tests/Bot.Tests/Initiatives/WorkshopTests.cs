using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

/// <summary>
/// The 45 minutes: the card in the channel that changes as blanks fill, three parts announced in its thread, the end with what is open; one
/// at a time; ended early; after downtime; who may fill in what; where it can be held.
/// </summary>
public sealed class WorkshopTests : IAsyncLifetime
{
    private Product _product = null!;
    private InitiativeId _initiative;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        await _product.StartLoopAsync();
        _initiative = await _product.UseAsync(db => db.Initiatives.Select(i => i.Id).SingleAsync());
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    private string Key => _initiative.ToString();

    private Message Card => _product.Chat.Posts.Last(p => p.Key.StartsWith("workshop:", StringComparison.Ordinal));

    private List<Message> Parts => [.. _product.Chat.Posts.Where(p => p.Key.StartsWith("workshop-start:") || p.Key.StartsWith("workshop-part:"))];

    private List<Message> Ends => [.. _product.Chat.Posts.Where(p => p.Key.StartsWith("workshop-end:"))];

    [Fact]
    public async Task Each_part_is_announced_in_the_thread_when_its_fifteen_minutes_begin_and_the_end_sums_up()
    {
        await StartAsync();
        Assert.Contains("What will it cause", Assert.Single(Parts).Shown);

        await _product.MoveToAsync("2026-11-23T08:14:59Z");
        Assert.Single(Parts);
        await _product.MoveToAsync("2026-11-23T08:15:00Z");
        Assert.Contains("Who is accountable", Parts[^1].Shown);
        await _product.MoveToAsync("2026-11-23T08:30:00Z");
        Assert.Contains("ten real users", Parts[^1].Shown);
        Assert.Empty(Ends);
        await _product.MoveToAsync("2026-11-23T09:30:00Z");

        Assert.Equal(3, Parts.Count);
        Assert.All(Parts, part => Assert.Equal(Card.Id, part.Thread));
        Assert.Contains("Still open", Assert.Single(Ends).Shown);
        Assert.Contains("is over", Card.Shown);
        Assert.DoesNotContain("Name the owner", Card.Shown);
        Assert.NotNull((await _product.UseAsync(db => db.Workshops.SingleAsync())).EndedAt);
    }

    [Fact]
    public async Task The_clock_of_the_playground_stops_at_each_part()
    {
        await StartAsync();
        var next = await _product.Get<FindUpcoming>()(CancellationToken.None);

        Assert.Equal(("Churn predictor", DateTimeOffset.Parse("2026-11-23T08:15:00Z")), (next!.Initiative, next.At));
        Assert.Contains("Who owns it", next.What);
    }

    [Fact]
    public async Task The_card_changes_in_place_as_blanks_fill_and_nothing_else_is_said()
    {
        await StartAsync();
        var said = _product.Chat.Posts.Count;

        await FillAsync("ben", WriteOutcome.Action, new() { ["capability"] = "a daily list" });
        await FillAsync("chloe", WriteOutcome.Action, new() { ["group"] = "the north team" });
        await FillAsync("dev", AddPlanItem.Action, new() { ["kind"] = "Integration", ["text"] = "It stands in the CRM" });
        await _product.DeliverAsync();

        Assert.Equal(said, _product.Chat.Posts.Count);
        Assert.Contains("a daily list", Card.Shown);
        Assert.Contains("the north team", Card.Shown);
        Assert.Contains("[what time]", Card.Shown);
        Assert.Contains("It stands in the CRM", Card.Shown);
    }

    [Fact]
    public async Task Two_people_with_the_form_open_at_once_do_not_wipe_each_others_blanks()
    {
        await StartAsync();
        var (ben, chloe) = (await _product.OpenAsync("ben", WriteOutcome.Action, Key), await _product.OpenAsync("chloe", WriteOutcome.Action, Key));

        await _product.SendAsync("ben", ben.Ref, new() { ["capability"] = "a daily list" });
        await _product.SendAsync("chloe", chloe.Ref, new() { ["timeframe"] = "eight weeks" });

        Assert.Equal(new OutcomeStatement("a daily list", null, null, "eight weeks"), await OutcomeAsync());
    }

    [Fact]
    public async Task The_end_says_what_was_filled_and_what_is_open()
    {
        await StartAsync();
        await FillAsync("ben", WriteOutcome.Action, new() { ["capability"] = "a daily list", ["behaviour"] = "calls", ["group"] = "north" });
        await FillAsync("dev", AddPlanItem.Action, new() { ["kind"] = "Integration", ["text"] = "It stands in the CRM" });

        await _product.PressAsync("dev", EndWorkshop.Action, await WorkshopAsync(), Product.Team);
        await _product.DeliverAsync();
        var end = Assert.Single(Ends).Shown;
        var again = await _product.PressAsync("ben", EndWorkshop.Action, await WorkshopAsync(), Product.Team);
        await _product.MoveToAsync("2026-11-23T10:00:00Z");

        Assert.Contains("Still open: by when; 1 item of the plan without a name; 1 item of the plan without a day.", end.Replace("**", "", StringComparison.Ordinal));
        Assert.Contains("a daily list", end);
        Assert.Contains("Ana", end);
        Assert.Contains("is over", Shown(again));
        Assert.Single(Ends);
        Assert.Single(Parts);
    }

    [Fact]
    public async Task A_second_one_is_refused_while_one_runs_and_possible_afterwards()
    {
        await StartAsync();
        Assert.Contains("is running in #churn since", Shown(await _product.TypeAsync("ben", "workshop")));
        Assert.Single(await _product.UseAsync(db => db.Workshops.ToListAsync()));

        await _product.MoveToAsync("2026-11-23T08:45:00Z");
        await StartAsync();

        Assert.Equal(2, await _product.UseAsync(db => db.Workshops.CountAsync()));
        Assert.Equal(2, _product.Chat.Posts.Count(p => p.Key.StartsWith("workshop-start:")));
    }

    [Fact]
    public async Task Two_started_at_the_same_moment_are_one()
    {
        var replies = await Task.WhenAll(_product.TypeAsync("ana", "workshop"), _product.TypeAsync("ben", "workshop"));

        Assert.Single(await _product.UseAsync(db => db.Workshops.ToListAsync()));
        Assert.Single(replies, r => r is Reply.Silence);
    }

    [Theory]
    [InlineData("2026-11-23T08:20:00Z", 2, 0)]
    [InlineData("2026-11-23T08:31:00Z", 2, 0)]
    [InlineData("2026-11-23T08:46:00Z", 1, 1)]
    [InlineData("2026-11-26T12:00:00Z", 1, 1)]
    public async Task After_downtime_parts_that_are_over_are_left_out_and_the_end_comes_once(string back, int parts, int ends)
    {
        await StartAsync();

        await _product.SleepUntilAsync(back);
        await _product.RunAsync();

        Assert.Equal((parts, ends), (Parts.Count, Ends.Count));
    }

    [Fact]
    public async Task A_late_part_does_not_move_those_after_it()
    {
        await StartAsync();
        await _product.SleepUntilAsync("2026-11-23T08:22:00Z");

        await _product.MoveToAsync("2026-11-23T08:45:00Z");

        Assert.Equal((3, 1), (Parts.Count, Ends.Count));
    }

    [Fact]
    public async Task It_is_held_in_a_channel()
    {
        Assert.Contains("held in a channel", Shown(await _product.TypeAsync("ana", "workshop", null)));
        Assert.Empty(await _product.UseAsync(db => db.Workshops.ToListAsync()));
    }

    [Fact]
    public async Task It_is_started_by_those_who_take_part_and_needs_no_loop()
    {
        Assert.Contains("take part", Shown(await _product.TypeAsync("eve", "workshop Churn predictor", "channel-other")));

        await _product.RegisterAsync("Lead scoring");
        Assert.IsType<Reply.Silence>(await _product.TypeAsync("eve", "workshop Lead scoring", "channel-other"));
        await _product.DeliverAsync();

        Assert.Equal("channel-other", Card.Conversation);
    }

    [Theory]
    [InlineData("ana", false, true)]
    [InlineData("root", false, true)]
    [InlineData("ben", false, false)]
    [InlineData("ben", true, true)]
    [InlineData("eve", true, false)]
    public async Task The_outcome_is_filled_by_whoever_takes_part_while_it_runs_and_otherwise_by_owner_and_admins(string who, bool running, bool may)
    {
        if (running)
        {
            await StartAsync();
        }

        var reply = await _product.PressAsync(who, WriteOutcome.Action, Key);
        await _product.SendAsync(who, new(WriteOutcome.FormName, Key), new() { ["capability"] = "a daily list" });

        Assert.Equal(may, reply is Reply.OpenForm);
        Assert.Equal(may ? "a daily list" : null, (await OutcomeAsync()).Capability);
    }

    [Fact]
    public async Task A_blank_too_long_is_told_at_its_field()
    {
        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", new(WriteOutcome.FormName, Key), new() { ["timeframe"] = new string('x', WriteOutcome.MaxText + 1) }));

        Assert.Equal(["timeframe"], errors.Errors.Keys);
    }

    [Fact]
    public async Task The_owner_is_named_by_anybody_while_there_is_none_and_the_thread_says_by_whom()
    {
        await _product.UseAsync(db => db.Initiatives.ExecuteUpdateAsync(i => i.SetProperty(x => x.OwnerId, (PersonId?)null)));
        await StartAsync();

        await FillAsync("ben", NameOwner.Action, new() { ["owner"] = (await _product.PersonAsync("chloe")).ToString() });
        await _product.DeliverAsync();

        Assert.Contains("Chloe", Card.Shown);
        var told = _product.Chat.Post("workshop-told:");
        Assert.Equal(Card.Id, told.Thread);
        Assert.Contains("Ben named Chloe", told.Shown);
        var roles = await _product.UseAsync(db => db.Participants.Join(db.People, p => p.PersonId, p => p.Id, (p, who) => new { who.ExternalId, p.Role }).ToDictionaryAsync(p => p.ExternalId, p => p.Role));
        Assert.Equal((Role.Owner, Role.User), (roles["chloe"], roles["ana"]));
    }

    [Fact]
    public async Task An_owner_there_is_can_be_changed_by_the_owner_only_even_in_a_workshop()
    {
        await StartAsync();
        var ben = (await _product.PersonAsync("ben")).ToString();

        Assert.Contains("Only Ana (owner)", Shown(await _product.PressAsync("ben", NameOwner.Action, Key)));
        await _product.SendAsync("ben", new(NameOwner.FormName, Key), new() { ["owner"] = ben });
        Assert.Equal(await _product.PersonAsync("ana"), await OwnerAsync());

        await FillAsync("ana", NameOwner.Action, new() { ["owner"] = ben });
        Assert.Equal(await _product.PersonAsync("ben"), await OwnerAsync());
    }

    [Fact]
    public async Task Somebody_nobody_knows_here_cannot_own_it()
    {
        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", new(NameOwner.FormName, Key), new() { ["owner"] = Guid.NewGuid().ToString("N") }));

        Assert.Equal(["owner"], errors.Errors.Keys);
    }

    [Fact]
    public async Task Another_workspace_cannot_end_it()
    {
        await StartAsync();
        var workshop = await WorkshopAsync();

        var theirs = Shown(await StrangeAsync(workshop));
        var unknown = Shown(await StrangeAsync(Guid.NewGuid().ToString("N")));

        Assert.Equal(unknown, theirs);
        Assert.Null((await _product.UseAsync(db => db.Workshops.SingleAsync())).EndedAt);
    }

    private async Task StartAsync()
    {
        Assert.IsType<Reply.Silence>(await _product.TypeAsync("ana", "workshop"));
        await _product.DeliverAsync();
    }

    private async Task FillAsync(string who, string action, Dictionary<string, string> values)
    {
        var form = await _product.OpenAsync(who, action, Key, Product.Team);
        Assert.IsType<Reply.Silence>(await _product.SendAsync(who, form.Ref, values, channel: Product.Team));
    }

    private Task<Reply> StrangeAsync(string key) => _product.HearAsync(new CardAction(
        _product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex", "Globex"), new ChatPerson("mallory"), new Conversation("dm-mallory", ConversationKind.Personal),
        new ActionRef(EndWorkshop.Action, key), null));

    private async Task<string> WorkshopAsync() => (await _product.UseAsync(db => db.Workshops.SingleAsync())).Id.ToString();

    private Task<OutcomeStatement> OutcomeAsync() => _product.UseAsync(db => db.Initiatives.Select(i => i.Outcome).SingleAsync());

    private Task<PersonId?> OwnerAsync() => _product.UseAsync(db => db.Initiatives.Select(i => i.OwnerId).SingleAsync());

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}
