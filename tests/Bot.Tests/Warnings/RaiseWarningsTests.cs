using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Exports;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Warnings;

// The warnings of a running loop: when they are posted, how often, who answers them, who sees them, and whose numbers hold.
public sealed class RaiseWarningsTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Two_are_posted_under_the_digest_the_worst_first_and_the_others_wait_a_week()
    {
        var loop = await NeglectedAsync();

        await _product.MoveToAsync("2026-11-26T09:31:00Z");
        var first = Posts();
        await _product.MoveToAsync("2026-12-03T09:31:00Z");

        Assert.Equal(["Warning: accuracy only", "Notice: no outcome"], first.Select(Heading));
        Assert.Equal(["digest:", "warning", "warning"], _product.Chat.To(Product.Team).Select(p => p.Key[..7]).Where(k => k is "digest:" or "warning").Take(3));
        Assert.Equal(2, Posts().Count - first.Count);
        Assert.Contains("under budgeted", await ShowAsync());
        Assert.All(await WarningsAsync(), w => Assert.Equal(loop, w.LoopId));
    }

    [Fact]
    public async Task Ten_weeks_in_which_nobody_does_anything_are_not_noise()
    {
        await NeglectedAsync();

        await _product.MoveToAsync("2027-02-04T12:00:00Z");

        var posts = Posts();
        Assert.Equal(posts.Count, posts.Select(p => p.Key).Distinct().Count());
        var weeks = await _product.UseAsync(db => db.Outbox.Where(o => o.Key.StartsWith("warning:") && o.Updates == null).Select(o => o.CreatedAt).ToListAsync());
        Assert.All(weeks.GroupBy(Monday), week => Assert.InRange(week.Count(), 1, 2));
        Assert.InRange(posts.Count, 5, 12);
        Assert.Contains(posts, p => p.Shown.Contains("Critical: loop broken"));

        static DateOnly Monday(DateTimeOffset at) => Bot.Cards.Say.Monday(DateOnly.FromDateTime(at.UtcDateTime));
    }

    [Fact]
    public async Task What_gets_worse_is_posted_again_and_the_older_post_says_so()
    {
        await _product.StartLoopAsync();

        await _product.MoveToAsync("2026-12-24T12:00:00Z");

        var broken = Posts().Where(p => p.Versions[0].Text.Contains("reviews were not held")).ToList();
        Assert.Equal(["Warning: loop broken", "Critical: loop broken"], broken.Select(Heading));
        Assert.Contains("It got worse: see the newer message.", broken[0].Shown);
        Assert.DoesNotContain("Answer", broken[0].Shown.Split('\n').Select(l => l.Trim()));
        Assert.DoesNotContain("It got worse", broken[1].Shown);
    }

    [Fact]
    public async Task A_review_held_resolves_it_in_place_and_the_same_finding_later_is_a_new_one()
    {
        var loop = await _product.StartLoopAsync(people: ["ana"], but: new() { ["metric"] = "Calls changed" });
        await OutcomeAsync();
        await _product.MoveToAsync("2026-12-03T12:00:00Z");
        var post = Posts().Single(p => Heading(p).Contains("loop broken"));

        await HoldAsync(loop, "2026-12-10");
        Assert.Contains("Resolved: the facts changed in the week of 7 December.", post.Shown);

        await _product.MoveToAsync("2026-12-24T12:00:00Z");
        Assert.Equal(2, (await WarningsAsync()).Count(w => w.Rule == "loop-broken"));
    }

    [Fact]
    public async Task A_close_missed_while_the_service_was_down_posts_nothing()
    {
        await NeglectedAsync();
        await _product.MoveToAsync("2026-11-25T09:30:00Z");

        await _product.SleepUntilAsync("2026-11-29T10:00:00Z");

        Assert.Empty(Posts());
        Assert.Empty(await WarningsAsync());
    }

    [Fact]
    public async Task Weeks_in_which_the_service_was_down_break_no_loop()
    {
        await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:30:00Z");
        await _product.SleepUntilAsync("2026-11-29T10:00:00Z");
        await _product.MoveToAsync("2026-12-03T12:00:00Z");

        Assert.DoesNotContain(await WarningsAsync(), w => w.Rule == "loop-broken" && w.Finding.Contains("not held"));
    }

    [Fact]
    public async Task An_answer_is_shown_with_its_name_and_the_warning_rests_until_it_gets_worse()
    {
        await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-12-03T12:00:00Z");
        var broken = (await WarningsAsync()).Single(w => w.Rule == "loop-broken");
        var post = Posts().Single(p => Heading(p).Contains("loop broken"));

        var reply = await AnswerAsync("dev", broken.Id, "Lee holds it from Thursday on");

        Assert.Contains("rests until it gets worse", Text(reply));
        Assert.Contains("“Lee holds it from Thursday on”", post.Shown);
        Assert.Contains("Dev: ", post.Shown);
        Assert.Contains("Answered on 3 Dec.", post.Shown);
        Assert.Contains("Answered in the last four weeks", await ShowAsync());
        await _product.MoveToAsync("2026-12-10T12:00:00Z");
        Assert.Single(Posts(), p => Heading(p).Contains("loop broken"));
        await _product.MoveToAsync("2026-12-17T12:00:00Z");
        Assert.Equal(2, Posts().Count(p => Heading(p).Contains("loop broken")));
        Assert.Equal((WarningState.Open, 3), (await WarningsAsync()).Where(w => w.Id == broken.Id).Select(w => (w.State, w.Level)).Single());
    }

    [Theory]
    [InlineData("", "Say what will be done")]
    [InlineData("later", "at least 10 characters")]
    [InlineData("x*2001", "At most 2000 characters")]
    public async Task An_answer_that_says_nothing_is_refused_at_its_field_and_not_stored(string typed, string said)
    {
        var warning = await FirstAsync();
        var form = await _product.OpenAsync("dev", AnswerWarning.Action, warning.Id.ToString(), Product.Team);

        var reply = await _product.SendAsync("dev", form.Ref, new() { ["text"] = typed == "x*2001" ? new string('x', 2001) : typed }, channel: Product.Team);

        Assert.Contains(said, Assert.IsType<Reply.FieldErrors>(reply).Errors["text"]);
        Assert.Equal(0, await _product.UseAsync(db => db.WarningAnswers.CountAsync()));
    }

    [Fact]
    public async Task Sending_an_answer_twice_keeps_one()
    {
        var warning = await FirstAsync();
        var form = await _product.OpenAsync("dev", AnswerWarning.Action, warning.Id.ToString(), Product.Team);

        await _product.SendAsync("dev", form.Ref, new() { ["text"] = "we write it on Monday" }, channel: Product.Team);
        await _product.SendAsync("dev", form.Ref, new() { ["text"] = "we write it on Monday" }, channel: Product.Team);

        Assert.Equal(1, await _product.UseAsync(db => db.WarningAnswers.CountAsync()));
    }

    [Fact]
    public async Task Somebody_elses_warning_is_as_unknown_as_one_that_never_was()
    {
        var warning = await FirstAsync();
        foreach (var action in new[] { AnswerWarning.Action, ExplainWarning.Action })
        {
            var theirs = await StrangerPressesAsync(action, warning.Id.ToString());
            var never = await StrangerPressesAsync(action, Guid.NewGuid().ToString("N"));

            Assert.Equal(Text(never), Text(theirs));
            Assert.Contains("not known here", Text(theirs));
        }

        Assert.Contains("not known here", Text(await StrangerPressesAsync(ShowWarnings.Action, warning.InitiativeId.ToString())));
        var sent = await _product.HearAsync(new FormSubmitted(
            _product.Next(), Stranger, new ChatPerson("eve"), new Conversation("dm-eve", ConversationKind.Personal), new ActionRef(AnswerWarning.FormName, $"{warning.Id}:{Guid.NewGuid():N}"),
            new FormValues([new("text", "let me answer for them")]), null));
        Assert.Contains("not known here", Text(sent));
        Assert.Equal(0, await _product.UseAsync(db => db.WarningAnswers.CountAsync()));
    }

    [Fact]
    public async Task Whoever_is_not_in_the_channel_does_not_see_them()
    {
        var warning = await FirstAsync();
        await _product.HearAsync(new MembersChanged(_product.Next(), _product.Workspace, _product.Place("channel-other"), [Product.Who("zoe")], []));

        Assert.Contains("for the people of its channel", Text(await _product.TypeAsync("zoe", "warnings Churn predictor", "channel-other")));
        Assert.Contains("not known here", Text(await _product.PressAsync("zoe", ExplainWarning.Action, warning.Id.ToString(), "channel-other")));
        Assert.Contains("Warnings: Churn predictor", Text(await _product.TypeAsync("dev", "warnings Churn predictor", "channel-other")));
    }

    [Fact]
    public async Task Why_says_what_the_rule_looks_for_with_the_numbers_in_force_and_all_evidence()
    {
        await SetAsync(("accuracy-only_weeks", "3"));
        var warning = await FirstAsync("accuracy-only");

        var why = Text(await _product.PressAsync("dev", ExplainWarning.Action, warning.Id.ToString(), Product.Team));

        Assert.Contains("3, set here; default 2", why);
        Assert.Contains("In pilot since 24 Sept", why.Replace("Sep", "Sept").Replace("Septt", "Sept"));
        Assert.Contains("What will people do differently, counted how?", why);
        Assert.Contains("All warnings", why);
    }

    [Theory]
    [InlineData("warnings why no-owner", "Why: no owner")]
    [InlineData("warnings why no owner", "Why: no owner")]
    [InlineData("warnings why 20", "Why: fade")]
    [InlineData("warnings why", "20 fade")]
    [InlineData("warnings why nonsense", "I do not know a rule \"nonsense\"")]
    public async Task A_rule_can_be_asked_about_by_name_and_number(string typed, string said)
    {
        Assert.Contains(said, Text(await _product.TypeAsync("dev", typed)));
    }

    [Fact]
    public async Task Only_admins_change_the_numbers()
    {
        Assert.Contains("a workspace admin can change them", Text(await _product.TypeAsync("ana", "warnings settings")));
        Assert.Contains("a workspace admin can change them", Text(await _product.SendAsync("ana", new ActionRef(SetThresholds.FormName, "workspace"), new() { ["overstay_weeks"] = "3" })));
        Assert.Equal(0, await _product.UseAsync(db => db.Thresholds.CountAsync()));
    }

    [Fact]
    public async Task Only_what_differs_is_kept_and_an_empty_field_is_the_default_again()
    {
        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("root", "warnings settings")).Form;
        Assert.Contains("weeks a pilot may take without a planned end (default 12)", CardText.Of(form.Card));

        await SetAsync(("overstay_weeks", "16"), ("volunteers-only_share", "0.33"), ("loop-broken_weeks", "2"));
        Assert.Equal(["overstay.weeks"], await _product.UseAsync(db => db.Thresholds.Select(t => t.Name).ToListAsync()));

        await SetAsync(("overstay_weeks", ""));
        Assert.Equal(0, await _product.UseAsync(db => db.Thresholds.CountAsync()));
    }

    [Theory]
    [InlineData("overstay_weeks", "0")]
    [InlineData("overstay_weeks", "2.5")]
    [InlineData("workflow-gap_share", "25")]
    [InlineData("under-budgeted_factor", "three")]
    public async Task Nonsense_is_refused_at_its_field(string field, string typed)
    {
        var errors = Assert.IsType<Reply.FieldErrors>(await SetAsync((field, typed), ("no-owner_weeks", "5"))).Errors;

        Assert.Equal(field, Assert.Single(errors).Key);
        Assert.Equal(0, await _product.UseAsync(db => db.Thresholds.CountAsync()));
    }

    [Fact]
    public async Task The_list_of_open_ones_is_there_for_digests_and_the_portfolio()
    {
        var warning = await FirstAsync();

        var open = await _product.AskAsync<ReadWarnings, IReadOnlyList<OpenWarning>>(read => read.OpenAsync(warning.InitiativeId, CancellationToken.None));
        var counts = await _product.AskAsync<ReadWarnings, IReadOnlyDictionary<InitiativeId, OpenWarnings>>(read => read.CountsAsync(warning.WorkspaceId, CancellationToken.None));

        Assert.Equal(4, open.Count);
        Assert.Equal("Warning, accuracy only: No behaviour metric is named.", open[0].InWords);
        Assert.Equal(new OpenWarnings(4, 2), counts[warning.InitiativeId]);
    }

    [Fact]
    public async Task The_export_has_them_with_their_answers()
    {
        var warning = await FirstAsync();
        await AnswerAsync("dev", warning.Id, "we write it on Monday");

        var bytes = await _product.AskAsync<WriteExport, byte[]>(async write =>
        {
            var loop = await _product.AskAsync<Bot.Store.BotDb, LoopInHand>(async db =>
            {
                var found = await db.Loops.SingleAsync();
                return new LoopInHand(found, await db.Initiatives.SingleAsync(), await db.Channels.FirstAsync(c => c.Id == found.ChannelId));
            });
            return await write.BytesAsync(loop, ExportFile.All, CancellationToken.None);
        });

        var exported = JsonNode.Parse(bytes)!["initiative"]!["warnings"]!.AsArray();
        Assert.Equal(4, exported.Count);
        var answered = exported.Single(w => (string)w!["state"]! == "answered")!;
        Assert.Equal((warning.Rule, "we write it on Monday", "Dev"), ((string)answered["rule"]!, (string)answered["answers"]![0]!["text"]!, (string)answered["answers"]![0]!["by"]!));
    }

    private static WorkspaceRef Stranger { get; } = new(RecordingChat.TheName, "globex", "Globex");

    private Task<Reply> StrangerPressesAsync(string action, string key) =>
        _product.HearAsync(new CardAction(_product.Next(), Stranger, new ChatPerson("eve"), new Conversation("dm-eve", ConversationKind.Personal), new ActionRef(action, key), null));

    /// <summary>A loop whose pilot began nine weeks ago, with nothing in its register.</summary>
    private async Task<LoopId> NeglectedAsync()
    {
        var loop = await _product.StartLoopAsync();
        var changes = await _product.UseAsync(db => db.StageChanges.ToListAsync());
        await _product.UseAsync(db => db.StageChanges.ExecuteUpdateAsync(s => s.SetProperty(c => c.At, DateTimeOffset.Parse("2026-09-24T08:00:00Z"))));
        Assert.Single(changes);
        return loop;
    }

    private Task OutcomeAsync() => _product.UseAsync(async db =>
    {
        var it = await db.Initiatives.SingleAsync();
        (it.Outcome, it.TrustedSource, it.PilotCost, it.DeploymentBudget) = (new OutcomeStatement("a", "b", "c", "d"), "CRM", 1, 5);
        await db.SaveChangesAsync();
    });

    private async Task HoldAsync(LoopId loop, string review)
    {
        await _product.MoveToAsync($"{review}T09:01:00Z");
        var round = await _product.RoundAsync(loop, review);
        await _product.AnswerAsync("ana", round.Id, "4");
        await _product.PressAsync("ana", Bot.Reviews.StartReview.Action, round.Id.ToString());
        await _product.MoveToAsync($"{review}T12:00:00Z");
    }

    private async Task<Warning> FirstAsync(string rule = "no-outcome")
    {
        await NeglectedAsync();
        await _product.MoveToAsync("2026-11-26T09:31:00Z");
        return (await WarningsAsync()).Single(w => w.Rule == rule);
    }

    private async Task<Reply> AnswerAsync(string who, WarningId id, string text)
    {
        var form = await _product.OpenAsync(who, AnswerWarning.Action, id.ToString(), Product.Team);
        var reply = await _product.SendAsync(who, form.Ref, new() { ["text"] = text }, channel: Product.Team);
        await _product.DeliverAsync();
        return reply;
    }

    private Task<Reply> SetAsync(params (string Field, string Typed)[] typed) =>
        _product.SendAsync("root", new ActionRef(SetThresholds.FormName, "workspace"), typed.ToDictionary(t => t.Field, t => t.Typed));

    private async Task<string> ShowAsync() => Text(await _product.TypeAsync("dev", "warnings"));

    private List<Message> Posts() => [.. _product.Chat.Posts.Where(p => p.Key.StartsWith("warning:", StringComparison.Ordinal))];

    private static string Heading(Message post) => CardText.Of(post.First).Split('\n')[0].Trim();

    private static string Text(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    private Task<List<Warning>> WarningsAsync() => _product.UseAsync(db => db.Warnings.AsNoTracking().OrderBy(w => w.OpenedAt).ToListAsync());
}
