using Bot.CheckIns;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.CheckIns;

// The week: opens a day before on the wall clock, reminds once, reviews at the slot, closes after 30 minutes. Left out: skipped, paused,
// holidays. Local time, asynchronous, observers. After downtime: what still makes sense is done once and says how late it is.
public sealed class WeekTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Opening_asks_everybody_in_their_own_chat_and_says_one_line_in_the_channel()
    {
        await _product.StartLoopAsync();
        var before = _product.Chat.To(Product.Team).Count();

        await _product.MoveToAsync("2026-11-25T09:00:00Z");

        Assert.Equal(["dm-ana", "dm-ben", "dm-chloe", "dm-dev"], _product.Chat.Posts.Where(p => p.Key.StartsWith("prompt:")).Select(p => p.Conversation).Order());
        Assert.Equal(before + 1, _product.Chat.To(Product.Team).Count());
        Assert.Contains("Churn predictor", _product.Chat.Post("open:").Shown);
    }

    [Fact]
    public async Task Nothing_is_due_a_minute_before_the_opening()
    {
        await _product.StartLoopAsync();

        await _product.MoveToAsync("2026-11-25T08:59:00Z");

        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("prompt:"));
    }

    [Fact]
    public async Task Looking_at_what_is_due_again_and_again_says_nothing_twice()
    {
        await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-26T09:31:00Z");
        var said = _product.Chat.Posts.Count;

        await _product.RunAsync();
        await _product.RunAsync();

        Assert.Equal(said, _product.Chat.Posts.Count);
        Assert.Equal(said, _product.Chat.Posts.Select(p => p.Key).Distinct().Count());
    }

    [Fact]
    public async Task Only_the_silent_are_reminded_and_only_once()
    {
        var loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await _product.RoundAsync(loop, "2026-11-26");
        await _product.AnswerAsync("ana", round.Id, "4");
        await _product.PressAsync("ben", DeclineCheckIn.Action, round.Id.ToString());

        await _product.MoveToAsync("2026-11-26T08:59:00Z");

        Assert.Equal(["dm-chloe", "dm-dev"], _product.Chat.Posts.Where(p => p.Key.StartsWith("remind:")).Select(p => p.Conversation).Order());
    }

    [Fact]
    public async Task Somebody_in_two_loops_gets_one_reminder_that_lists_both()
    {
        await _product.StartLoopAsync("Churn predictor", people: ["ana", "ben"]);
        await _product.StartLoopAsync("Ticket triage", people: ["ana", "ben"], but: new() { ["time"] = "11:00" });

        await _product.MoveToAsync("2026-11-26T08:30:00Z");

        var reminder = Assert.Single(_product.Chat.To("dm-ben"), p => p.Key.StartsWith("remind:"));
        Assert.Contains("Churn predictor", reminder.Shown);
        Assert.Contains("Ticket triage", reminder.Shown);
    }

    [Fact]
    public async Task A_review_nobody_starts_is_recorded_as_not_held_and_the_digest_comes_all_the_same()
    {
        var loop = await _product.StartLoopAsync();

        await _product.MoveToAsync("2026-11-26T09:30:00Z");

        var round = await _product.RoundAsync(loop, "2026-11-26");
        Assert.Equal((RoundState.Closed, null), (round.State, round.StartedAt));
        Assert.Contains("not held", _product.Chat.Post("digest:").Shown);
        Assert.Equal(RoundState.Planned, (await _product.RoundAsync(loop, "2026-12-03")).State);
    }

    [Fact]
    public async Task An_asynchronous_loop_has_no_review_and_its_digest_comes_at_the_slot()
    {
        var loop = await _product.StartLoopAsync(but: new() { ["async"] = "true" });

        await _product.MoveToAsync("2026-11-26T09:00:00Z");

        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("review:"));
        Assert.DoesNotContain("not held", _product.Chat.Post("digest:").Shown);
        Assert.Equal(RoundState.Closed, (await _product.RoundAsync(loop, "2026-11-26")).State);
    }

    [Fact]
    public async Task An_observer_is_never_asked_nor_counted()
    {
        var loop = await _product.StartLoopAsync();
        var dev = await _product.UseAsync(db => db.People.SingleAsync(p => p.ExternalId == "dev"));
        await _product.SendAsync("ana", new(SetRole.FormName, $"{loop}:{dev.Id}"), new() { ["role"] = "Observer", ["joined"] = "Assigned" });

        await _product.MoveToAsync("2026-11-26T09:00:00Z");

        Assert.DoesNotContain(_product.Chat.To("dm-dev"), p => p.Key.StartsWith("prompt:") || p.Key.StartsWith("remind:"));
        Assert.Contains("0 of 3 answered", _product.Chat.Post("review:").Shown);
    }

    [Fact]
    public async Task With_local_time_each_is_asked_at_the_hour_of_their_own_clock_and_the_channel_at_the_loops()
    {
        await _product.StartLoopAsync(but: new() { ["localTime"] = "true" });

        await _product.MoveToAsync("2026-11-25T04:31:00Z"); // 10:01 in Kolkata
        Assert.Equal(["dm-dev"], _product.Chat.Posts.Where(p => p.Key.StartsWith("prompt:")).Select(p => p.Conversation));
        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("open:"));

        await _product.MoveToAsync("2026-11-25T09:01:00Z"); // 10:01 in Berlin
        Assert.Equal(["dm-ana", "dm-ben", "dm-dev"], _product.Chat.Posts.Where(p => p.Key.StartsWith("prompt:")).Select(p => p.Conversation).Order());
        Assert.Contains(_product.Chat.Posts, p => p.Key.StartsWith("open:"));

        await _product.MoveToAsync("2026-11-25T15:01:00Z"); // 10:01 in New York
        Assert.Contains(_product.Chat.To("dm-chloe"), p => p.Key.StartsWith("prompt:"));
    }

    [Fact]
    public async Task Skipping_the_open_week_tells_the_channel_why_and_the_next_week_comes()
    {
        var loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");

        await _product.TypeAsync("ana", "skip company offsite");
        await _product.MoveToAsync("2026-11-26T09:31:00Z");

        Assert.Contains(_product.Chat.To(Product.Team), m => m.Shown.Contains("company offsite", StringComparison.Ordinal));
        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("remind:") || p.Key.StartsWith("review:") || p.Key.StartsWith("digest:"));
        var skipped = await _product.RoundAsync(loop, "2026-11-26");
        Assert.Equal((RoundState.Skipped, "company offsite"), (skipped.State, skipped.SkippedBecause));
        Assert.Equal(RoundState.Planned, (await _product.RoundAsync(loop, "2026-12-03")).State);
    }

    [Fact]
    public async Task Skipping_a_later_date_leaves_out_that_week_and_no_other()
    {
        var loop = await _product.StartLoopAsync();

        await _product.TypeAsync("ana", "skip 2026-12-03 holidays");
        await _product.MoveToAsync("2026-12-10T09:31:00Z");

        var states = await _product.UseAsync(db => db.Rounds.Where(r => r.LoopId == loop).OrderBy(r => r.ReviewDate).Select(r => r.State).ToListAsync());
        Assert.Equal([RoundState.Closed, RoundState.Skipped, RoundState.Closed, RoundState.Planned], states);
    }

    [Fact]
    public async Task A_holiday_of_the_workspace_leaves_out_the_review_with_its_name()
    {
        var loop = await _product.StartLoopAsync();

        await _product.SendAsync("root", new(SetHolidays.FormName, "workspace"), new() { ["list"] = "2026-11-26 Thanksgiving\n2026-12-24 Christmas Eve" });
        await _product.MoveToAsync("2026-12-03T09:31:00Z");

        Assert.Equal("Thanksgiving", (await _product.RoundAsync(loop, "2026-11-26")).SkippedBecause);
        Assert.Equal(RoundState.Closed, (await _product.RoundAsync(loop, "2026-12-03")).State);
    }

    [Fact]
    public async Task A_paused_loop_is_silent_its_weeks_are_left_out_and_resuming_goes_on()
    {
        var loop = await _product.StartLoopAsync();
        await _product.TypeAsync("ana", "pause moving to the new CRM");

        await _product.MoveToAsync("2026-12-04T09:00:00Z");
        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("prompt:"));
        Assert.Contains("moving to the new CRM", (await _product.RoundAsync(loop, "2026-11-26")).SkippedBecause!);

        await _product.TypeAsync("ana", "resume");
        await _product.MoveToAsync("2026-12-09T09:00:00Z");
        Assert.Equal(4, _product.Chat.Posts.Count(p => p.Key.StartsWith("prompt:")));
    }

    [Fact]
    public async Task Changed_settings_count_from_the_next_round_and_no_calendar_week_has_two()
    {
        var loop = await _product.StartLoopAsync(but: new() { ["day"] = "Tuesday" });
        await _product.MoveToAsync("2026-11-24T09:31:00Z");
        var settings = Assert.IsType<Bot.Chat.Reply.OpenForm>(await _product.TypeAsync("ana", "loop")).Form;
        var people = await _product.UseAsync(db => db.People.Where(p => p.ExternalId == "ana").Select(p => p.Id.ToString()).SingleAsync());

        await _product.SendAsync("ana", settings.Ref, new()
        {
            ["name"] = "Churn predictor", ["owner"] = people, ["people"] = people, ["day"] = "Friday", ["time"] = "15:00",
            ["zone"] = "Europe/Berlin", ["minutes"] = "30", ["open"] = "24", ["remind"] = "3",
        });

        var rounds = await _product.UseAsync(db => db.Rounds.Where(r => r.LoopId == loop).OrderBy(r => r.ReviewDate).Select(r => r.ReviewDate).ToListAsync());
        Assert.Equal([new DateOnly(2026, 11, 24), new DateOnly(2026, 12, 4)], rounds);
    }

    [Fact]
    public async Task A_round_that_opens_late_after_downtime_says_how_late_and_asks_all_the_same()
    {
        await _product.StartLoopAsync();

        await _product.SleepUntilAsync("2026-11-25T15:00:00Z");

        Assert.Equal(4, _product.Chat.Posts.Count(p => p.Key.StartsWith("prompt:")));
        Assert.Contains("6 hours", _product.Chat.Post("open:").Shown);
    }

    [Fact]
    public async Task A_digest_within_48_hours_of_downtime_comes_once_and_says_how_late()
    {
        var loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await _product.RoundAsync(loop, "2026-11-26");
        await _product.AnswerAsync("ana", round.Id, "4");

        await _product.SleepUntilAsync("2026-11-27T09:30:00Z");

        Assert.Contains("24 hours late", _product.Chat.Post("digest:").Shown);
        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("review:") || p.Key.StartsWith("remind:"));
        var steps = await _product.UseAsync(db => db.RoundSteps.Where(s => s.RoundId == round.Id).ToDictionaryAsync(s => s.Step, s => s.State));
        Assert.Equal((StepState.Done, StepState.Missed, StepState.Missed, StepState.Done), (steps[Step.Open], steps[Step.Remind], steps[Step.Review], steps[Step.Close]));
    }

    [Fact]
    public async Task Weeks_of_downtime_are_recorded_each_and_nothing_is_said_about_them()
    {
        var loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        var said = _product.Chat.Posts.Count;

        await _product.SleepUntilAsync("2026-12-14T09:00:00Z");

        var rounds = await _product.UseAsync(db => db.Rounds.Where(r => r.LoopId == loop).OrderBy(r => r.ReviewDate).Select(r => new { r.ReviewDate, r.State }).ToListAsync());
        Assert.Equal([RoundState.Closed, RoundState.Skipped, RoundState.Skipped, RoundState.Planned], rounds.Select(r => r.State));
        Assert.Equal(new DateOnly(2026, 12, 17), rounds[^1].ReviewDate);
        Assert.Equal(said, _product.Chat.Posts.Count);
    }

    [Fact]
    public async Task A_loop_that_cannot_be_served_does_not_hold_up_the_others()
    {
        var broken = await _product.StartLoopAsync("Broken");
        await _product.StartLoopAsync("Fine");
        await _product.UseAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE "Loops" SET "Slot_Zone" = 'Nowhere/Atall' WHERE "Id" = {broken.Value}"""));

        await _product.SleepUntilAsync("2026-11-25T09:00:00Z");

        Assert.Equal(4, _product.Chat.Posts.Count(p => p.Key.StartsWith("prompt:")));
        var again = await _product.UseAsync(db => db.RoundSteps.Where(s => s.State == StepState.Due && s.Step == Step.Open).MinAsync(s => s.DueAt));
        Assert.Equal(_product.Clock.Now.AddMinutes(5), again);
    }
}
