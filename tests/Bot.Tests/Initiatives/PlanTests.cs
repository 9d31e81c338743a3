using Bot.Chat;
using Bot.Initiatives;
using Bot.Readiness;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

/// <summary>
/// The deployment plan: added once however often it is sent, listed by kind with what is overdue first, ticked off by those who may; how
/// far it has come; faults at their fields; outsiders and other workspaces.
/// </summary>
public sealed class PlanTests : IAsyncLifetime
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

    [Fact]
    public async Task An_empty_plan_asks_what_would_have_to_be_true()
    {
        Assert.Contains("ten real users", Shown(await _product.TypeAsync("ben", "plan")));
    }

    [Fact]
    public async Task An_item_is_added_with_its_kind_owner_and_day_and_only_once()
    {
        var form = await _product.OpenAsync("ben", AddPlanItem.Action, Key);
        var values = new Dictionary<string, string>
        {
            ["kind"] = "Training", ["text"] = "Everybody has seen it once", ["owner"] = (await _product.PersonAsync("chloe")).ToString(), ["due"] = "2026-12-03",
        };

        var shown = Shown(await _product.SendAsync("ben", form.Ref, values));
        await _product.SendAsync("ben", form.Ref, values);

        var item = Assert.Single(await _product.UseAsync(db => db.PlanItems.ToListAsync()));
        Assert.Equal((PlanKind.Training, new DateOnly(2026, 12, 3), null), (item.Kind, item.DueOn, item.DoneAt));
        Assert.Contains("0 of 1 done", shown);
        Assert.Contains("Chloe, due 3 Dec", shown);
    }

    [Fact]
    public async Task What_is_overdue_comes_first_with_its_kind_and_only_twenty_are_listed()
    {
        await AddAsync("due later", PlanKind.Integration, due: "2026-12-20");
        for (var i = 0; i < 21; i++)
        {
            await AddAsync($"without a day {i}", PlanKind.Trust);
        }

        await AddAsync("overdue", PlanKind.WorkflowChange, due: "2026-11-20");

        var shown = Shown(await _product.TypeAsync("ana", "plan Churn predictor"));

        Assert.True(shown.IndexOf("Workflow change", StringComparison.Ordinal) < shown.IndexOf("Integration", StringComparison.Ordinal));
        Assert.Contains("nobody yet, overdue since 20 Nov", shown);
        Assert.Contains("Overdue: 1.", shown);
        Assert.Contains("And 3 more.", shown);
        Assert.Equal(20, shown.Split('\n').Count(line => line.Trim() == "Done"));
    }

    [Theory]
    [InlineData("chloe", true)]
    [InlineData("ana", true)]
    [InlineData("root", true)]
    [InlineData("ben", false)]
    [InlineData("dev", false)]
    public async Task Who_does_it_the_owner_and_admins_tick_it_off_and_others_are_told_who_can(string who, bool may)
    {
        var item = await AddAsync("Everybody has seen it once", owner: "chloe", by: "ben");

        var shown = Shown(await _product.PressAsync(who, CompletePlanItem.Action, item.ToString()));

        Assert.Equal(may, (await _product.UseAsync(db => db.PlanItems.SingleAsync())).DoneAt is not null);
        Assert.Contains(may ? "1 of 1 done" : "Only Chloe (who does it), Ana (owner) or a workspace admin", shown);
    }

    [Fact]
    public async Task What_nobody_has_yet_is_ticked_off_by_whoever_added_it_too()
    {
        var item = await AddAsync("A thing", by: "ben");

        Assert.Contains("Only Ana (owner)", Shown(await _product.PressAsync("dev", CompletePlanItem.Action, item.ToString())));
        Assert.Contains("Done: A thing", Shown(await _product.PressAsync("ben", CompletePlanItem.Action, item.ToString())));
    }

    [Fact]
    public async Task Ticking_off_twice_keeps_the_first_time()
    {
        var item = await AddAsync("A thing");
        await _product.PressAsync("ana", CompletePlanItem.Action, item.ToString());
        _product.Clock.Now += TimeSpan.FromHours(1);
        await _product.PressAsync("ana", CompletePlanItem.Action, item.ToString());

        Assert.Equal(DateTimeOffset.Parse("2026-11-23T08:00:00Z"), (await _product.UseAsync(db => db.PlanItems.SingleAsync())).DoneAt);
    }

    [Fact]
    public async Task Every_fault_is_told_at_its_field_and_nothing_is_added()
    {
        var form = await _product.OpenAsync("ben", AddPlanItem.Action, Key);

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ben", form.Ref, new()
        {
            ["kind"] = "Luck", ["text"] = new string('x', AddPlanItem.MaxText + 1), ["owner"] = Guid.NewGuid().ToString("N"), ["due"] = "2026-11-22",
        }));

        Assert.Equal(["due", "kind", "owner", "text"], errors.Errors.Keys.Order());
        Assert.Empty(await _product.UseAsync(db => db.PlanItems.ToListAsync()));
    }

    [Fact]
    public async Task What_was_typed_and_not_sent_comes_back_with_the_same_item()
    {
        var form = await _product.OpenAsync("ben", AddPlanItem.Action, Key);
        await _product.HearAsync(new FormClosed(
            _product.Next(), _product.Workspace, new ChatPerson("ben"), _product.Personal("ben"), form.Ref, new FormValues(new Dictionary<string, string> { ["text"] = "half a sentence" })));

        var again = await _product.OpenAsync("ben", AddPlanItem.Action, Key);

        Assert.Equal(form.Ref, again.Ref);
        Assert.Contains("half a sentence", again.Card.Content.ToJsonString());
    }

    [Fact]
    public async Task The_progress_says_what_is_done_overdue_and_who_relies_on_it()
    {
        await AddAsync("overdue", due: "2026-11-20");
        await AddAsync("due today", due: "2026-11-23");
        await _product.PressAsync("ana", CompletePlanItem.Action, (await AddAsync("done", due: "2026-11-01")).ToString());

        var progress = await _product.UseAsync(db => new ReadPlanProgress(db).OfAsync(_initiative, CancellationToken.None));

        Assert.Equal((1, 3, 1), (progress.Done, progress.All, progress.Overdue(new DateOnly(2026, 11, 23))));
        Assert.Equal("1 of 3 done, 3 of 10 users rely on it", progress.InWords(new Reliance(3, 10)));
        Assert.Equal("1 of 3 done", progress.InWords(null));
        Assert.Null(new PlanProgress(0, 0, []).InWords(null));
    }

    [Fact]
    public async Task A_plan_needs_no_loop()
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: "ben");
        var form = await _product.OpenAsync("dev", AddPlanItem.Action, id.ToString());

        await _product.SendAsync("dev", form.Ref, new() { ["kind"] = "Trust", ["text"] = "Legal has agreed" });

        Assert.Contains("Legal has agreed", Shown(await _product.TypeAsync("ben", "plan Lead scoring")));
    }

    [Fact]
    public async Task Who_does_not_take_part_reads_the_plan_and_adds_nothing()
    {
        await AddAsync("A thing");

        var plan = Shown(await _product.TypeAsync("eve", "plan", null));
        var refused = Shown(await _product.PressAsync("eve", AddPlanItem.Action, Key));
        var sent = Shown(await _product.SendAsync("eve", new(AddPlanItem.FormName, $"{Key}:{Guid.NewGuid():N}"), new() { ["kind"] = "Trust", ["text"] = "mine" }));

        Assert.Contains("A thing", plan);
        Assert.DoesNotContain("Add item", plan);
        Assert.Contains("take part in Churn predictor", refused);
        Assert.Equal(refused, sent);
        Assert.Single(await _product.UseAsync(db => db.PlanItems.ToListAsync()));
    }

    [Fact]
    public async Task Another_workspace_knows_nothing_of_plan_and_items()
    {
        var item = await AddAsync("A thing");
        foreach (var (action, key) in new[] { (ShowPlan.Action, Key), (AddPlanItem.Action, Key), (CompletePlanItem.Action, item.ToString()), (WriteOutcome.Action, Key), (NameOwner.Action, Key) })
        {
            var theirs = Shown(await StrangeAsync(action, key));
            var unknown = Shown(await StrangeAsync(action, Guid.NewGuid().ToString("N")));

            Assert.Equal(unknown, theirs);
        }

        Assert.Null((await _product.UseAsync(db => db.PlanItems.SingleAsync())).DoneAt);
    }

    [Fact]
    public async Task A_form_of_an_earlier_release_adds_nothing()
    {
        Assert.Contains("earlier release", Shown(await _product.SendAsync("ben", new(AddPlanItem.FormName, Key), new() { ["kind"] = "Trust", ["text"] = "x" })));
    }

    private Task<Reply> StrangeAsync(string action, string key) => _product.HearAsync(new CardAction(
        _product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex", "Globex"), new ChatPerson("mallory"), new Conversation("dm-mallory", ConversationKind.Personal),
        new ActionRef(action, key), null));

    private async Task<PlanItemId> AddAsync(string text, PlanKind kind = PlanKind.Training, string? owner = null, string? due = null, string? by = null)
    {
        var item = new PlanItem
        {
            Id = Id.New<PlanItemId>(_product.Clock), WorkspaceId = await _product.UseAsync(db => db.Workspaces.Where(w => w.ExternalId == "acme").Select(w => w.Id).SingleAsync()),
            InitiativeId = _initiative, Kind = kind, Text = text, DueOn = due is null ? null : DateOnly.Parse(due), CreatedAt = _product.Clock.Now,
            OwnerId = owner is null ? null : await _product.PersonAsync(owner), By = by is null ? null : await _product.PersonAsync(by),
        };
        await _product.SeedAsync(item);
        return item.Id;
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}
