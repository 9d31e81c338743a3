using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Reviews;

// The 30 minutes: agenda pre-filled, started by somebody, boxes announced in the thread in time, decisions, actions, one experiment,
// carried over until done and asked about the next week.
public sealed class ReviewTests : IAsyncLifetime
{
    private Product _product = null!;
    private LoopId _loop;
    private Round _round = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        _round = await _product.RoundAsync(_loop, "2026-11-26");
        await _product.AnswerAsync("ana", _round.Id, "5", new() { ["comment"] = "saved me an hour" });
        await _product.AnswerAsync("ben", _round.Id, "3", new() { ["struggles"] = "slow", ["struggleText"] = "waited for a minute" });
        await _product.AnswerAsync("chloe", _round.Id, "4", new() { ["drift"] = "yes", ["driftSource"] = "CRM export", ["driftExample"] = "new customer types" });
        await _product.MoveToAsync("2026-11-26T09:00:00Z");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    private string Key => _round.Id.ToString();

    [Fact]
    public void The_agenda_is_filled_with_the_weeks_answers()
    {
        var agenda = _product.Chat.Post("review:").Shown;

        Assert.Contains("4.0 of 5", agenda);
        Assert.Contains("3 of 4 answered", agenda);
        Assert.Contains("saved me an hour", agenda);
        Assert.Contains("too slow or down", agenda);
        Assert.Contains("CRM export: new customer types", agenda);
        Assert.Contains("Ana", agenda);
    }

    [Fact]
    public async Task Starting_announces_each_box_in_the_thread_as_its_time_comes()
    {
        await _product.MoveToAsync("2026-11-26T09:02:00Z");
        await _product.PressAsync("ana", StartReview.Action, Key, Product.Team);
        await _product.DeliverAsync();
        var review = _product.Chat.Post("review:");
        Assert.Contains("Performance", _product.Chat.Post("box:").Shown);

        await _product.MoveToAsync("2026-11-26T09:11:00Z");
        Assert.Equal(2, _product.Chat.Posts.Count(p => p.Key.StartsWith("box:")));
        await _product.MoveToAsync("2026-11-26T09:31:59Z");

        var boxes = _product.Chat.Posts.Where(p => p.Key.StartsWith("box:")).ToList();
        Assert.Equal(4, boxes.Count);
        Assert.All(boxes, box => Assert.Equal(review.Id, box.Thread));
        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("digest:"));
        await _product.MoveToAsync("2026-11-26T09:32:00Z");
        Assert.DoesNotContain("not held", _product.Chat.Post("digest:").Shown);
    }

    [Fact]
    public async Task Starting_twice_starts_once()
    {
        await _product.PressAsync("ana", StartReview.Action, Key, Product.Team);
        await _product.MoveToAsync("2026-11-26T09:05:00Z");
        await _product.PressAsync("ben", StartReview.Action, Key, Product.Team);

        var round = await _product.RoundAsync(_loop, "2026-11-26");
        Assert.Equal(DateTimeOffset.Parse("2026-11-26T09:00:00Z"), round.StartedAt);
    }

    [Fact]
    public async Task Ending_early_posts_the_digest_now_and_nothing_more_later()
    {
        await _product.PressAsync("ana", StartReview.Action, Key, Product.Team);
        await _product.MoveToAsync("2026-11-26T09:12:00Z");

        await _product.PressAsync("ana", EndReview.Action, Key, Product.Team);
        await _product.DeliverAsync();
        Assert.Single(_product.Chat.Posts, p => p.Key.StartsWith("digest:"));
        var said = _product.Chat.Posts.Count;
        await _product.MoveToAsync("2026-11-26T10:00:00Z");

        Assert.Equal(said, _product.Chat.Posts.Count);
    }

    [Fact]
    public async Task Decisions_actions_and_the_experiment_stand_in_agenda_and_digest()
    {
        await DecideAsync();
        await _product.DeliverAsync();
        var agenda = _product.Chat.Post("review:").Shown;
        await _product.MoveToAsync("2026-11-26T09:40:00Z");
        var digest = _product.Chat.Post("digest:").Shown;

        foreach (var card in new[] { agenda, digest })
        {
            Assert.Contains("show the reason beside the score", card);
            Assert.Contains("explain score in CRM", card);
            Assert.Contains("Ben", card);
            Assert.Contains("reorder the call list", card);
        }
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_thing()
    {
        var form = await _product.OpenAsync("ana", RecordDecision.Action, Key, Product.Team);
        await _product.SendAsync("ana", form.Ref, new() { ["text"] = "only once" });
        await _product.SendAsync("ana", form.Ref, new() { ["text"] = "only once" });

        Assert.Single(await _product.UseAsync(db => db.Decisions.ToListAsync()));
    }

    [Fact]
    public async Task A_decision_half_typed_is_there_again_when_the_form_is_opened_again()
    {
        var form = await _product.OpenAsync("ana", RecordDecision.Action, Key, Product.Team);
        await _product.HearAsync(new FormClosed(_product.Next(), _product.Workspace, new ChatPerson("ana"), _product.Place(Product.Team), form.Ref,
            new FormValues(new Dictionary<string, string> { ["text"] = "half a decision" })));

        var again = await _product.OpenAsync("ana", RecordDecision.Action, Key, Product.Team);

        Assert.Equal(form.Ref, again.Ref);
        Assert.Contains("half a decision", CardText.Of(again.Card));
    }

    [Fact]
    public async Task An_action_without_owner_in_the_past_is_refused_at_its_fields()
    {
        var form = await _product.OpenAsync("ana", AddAction.Action, Key, Product.Team);

        var reply = await _product.SendAsync("ana", form.Ref, new() { ["text"] = "do it", ["due"] = "2026-11-01" });

        Assert.Equal(["due", "owner"], Assert.IsType<Reply.FieldErrors>(reply).Errors.Keys.Order());
    }

    [Fact]
    public async Task An_open_action_is_carried_into_the_next_week_and_overdue_there()
    {
        await DecideAsync();

        await _product.MoveToAsync("2026-12-03T09:30:00Z");

        var second = _product.Chat.Posts.Last(p => p.Key.StartsWith("digest:")).Shown;
        Assert.Contains("explain score in CRM", second);
        Assert.Contains("overdue", second, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Several_of_each_stand_in_the_order_they_were_made()
    {
        await DecideAsync();
        await DecideAsync();
        await _product.MoveToAsync("2026-12-03T09:00:00Z");
        _round = await _product.RoundAsync(_loop, "2026-12-03");
        await DecideAsync();
        await _product.DeliverAsync();

        Assert.Equal(3, await _product.UseAsync(db => db.Decisions.CountAsync()));
        Assert.Contains("explain score in CRM", _product.Chat.Posts.Last(p => p.Key.StartsWith("review:")).Shown);
    }

    [Fact]
    public async Task A_done_action_is_not_carried_any_further()
    {
        await DecideAsync();
        var action = await _product.UseAsync(db => db.ActionItems.SingleAsync());
        await _product.PressAsync("ben", CompleteAction.Action, action.Id.ToString());
        await _product.DeliverAsync();
        Assert.Contains("Done", _product.Chat.Post("review:").Shown);

        await _product.MoveToAsync("2026-12-03T09:00:00Z");

        Assert.DoesNotContain("explain score in CRM", _product.Chat.Posts.Last(p => p.Key.StartsWith("review:")).Shown);
    }

    [Fact]
    public async Task The_next_review_asks_whether_what_was_expected_happened_until_it_is_settled()
    {
        await DecideAsync();
        await _product.MoveToAsync("2026-12-03T09:00:00Z");
        var next = await _product.RoundAsync(_loop, "2026-12-03");
        var experiment = await _product.UseAsync(db => db.Experiments.SingleAsync());
        Assert.Contains("reorder the call list", _product.Chat.Posts.Last(p => p.Key.StartsWith("review:")).Shown);

        await _product.PressAsync("ana", AnswerExperiment.Action, $"{next.Id}:{experiment.Id}:notyet", Product.Team);
        await _product.MoveToAsync("2026-12-10T09:00:00Z");
        Assert.Contains("reorder the call list", _product.Chat.Posts.Last(p => p.Key.StartsWith("review:")).Shown);

        var third = await _product.RoundAsync(_loop, "2026-12-10");
        await _product.PressAsync("ana", AnswerExperiment.Action, $"{third.Id}:{experiment.Id}:yes", Product.Team);
        await _product.MoveToAsync("2026-12-17T09:00:00Z");

        Assert.DoesNotContain("reorder the call list", _product.Chat.Posts.Last(p => p.Key.StartsWith("review:")).Shown);
    }

    [Fact]
    public async Task The_second_digest_shows_last_weeks_mean_beside_its_own()
    {
        await _product.MoveToAsync("2026-12-02T09:00:00Z");
        var next = await _product.RoundAsync(_loop, "2026-12-03");
        foreach (var who in new[] { "ana", "ben", "chloe", "dev" })
        {
            await _product.AnswerAsync(who, next.Id, "3");
        }

        await _product.MoveToAsync("2026-12-03T09:30:00Z");

        var second = _product.Chat.Posts.Last(p => p.Key.StartsWith("digest:")).Shown;
        Assert.Contains("3.0 of 5", second);
        Assert.Contains("Last week 4.0", second);
    }

    [Fact]
    public async Task Rotating_facilitation_names_another_person_each_week()
    {
        var loop = await _product.StartLoopAsync("Ticket triage", but: new() { ["rotate"] = "true", ["time"] = "15:00" });
        await _product.MoveToAsync("2026-12-17T15:00:00Z");

        var leaders = await _product.UseAsync(db => db.Rounds.Where(r => r.LoopId == loop && r.FacilitatorId != null).Select(r => r.FacilitatorId).Distinct().CountAsync());
        Assert.Equal(4, leaders);
    }

    private async Task DecideAsync()
    {
        await _product.SendAsync("ana", (await _product.OpenAsync("ana", RecordDecision.Action, Key, Product.Team)).Ref, new() { ["text"] = "show the reason beside the score" });
        var ben = await _product.UseAsync(db => db.People.SingleAsync(p => p.ExternalId == "ben"));
        await _product.SendAsync("ana", (await _product.OpenAsync("ana", AddAction.Action, Key, Product.Team)).Ref,
            new() { ["text"] = "explain score in CRM", ["owner"] = ben.Id.ToString(), ["due"] = _round.ReviewDate.AddDays(5).ToString("yyyy-MM-dd") });
        await _product.SendAsync("ana", (await _product.OpenAsync("ana", SetExperiment.Action, Key, Product.Team)).Ref,
            new() { ["change"] = "reorder the call list", ["expect"] = "50 changed calls", ["by"] = "2026-12-10" });
    }
}
