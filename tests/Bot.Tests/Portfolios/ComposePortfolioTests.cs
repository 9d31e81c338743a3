using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Portfolios;
using Bot.Readiness;
using Bot.Tests.Cards;
using Bot.Trends;

namespace Bot.Tests.Portfolios;

public sealed class ComposePortfolioTests
{
    private static readonly TestClock Clock = new(DateTimeOffset.Parse("2026-11-27T08:00:00Z"));

    [Fact]
    public void Those_that_need_somebody_come_first_and_are_named_in_the_first_sentence()
    {
        var card = ComposePortfolio.From(Facts(
            One("Meeting notes", loop: Loop(4.1, 4.0, 4.2, 4.1, 4.0, 4.2, 4.1)),
            One("Lead scoring", loop: Loop(4.1, 4.0, 4.2, 4.1, 4.0, 4.2, 2.0)),
            One("Contract search", loop: Loop([3.0], held: false), overdue: 2),
            One("Ticket triage")));

        Assert.Equal(["Lead scoring", "Ticket triage", "Contract search", "Meeting notes"], card.Rows.Select(r => r.Name));
        Assert.Equal(
            "3 of 4 need you: Lead scoring (performance down), Ticket triage (no weekly loop), Contract search (review not held).", card.Headline);
        Assert.Equal(["performance down", "no weekly loop", "review not held", null], card.Rows.Select(r => r.Needs));
    }

    [Fact]
    public void A_quiet_portfolio_needs_nobody()
    {
        var card = ComposePortfolio.From(Facts(One("Meeting notes", loop: Loop(4.1, 4.0, 4.2, 4.1, 4.0, 4.2, 4.1))));

        Assert.Equal("Nothing needs you this week.", card.Headline);
        var row = Assert.Single(card.Rows);
        Assert.Equal(
            ("4.1 of 5, routine variation", "7 of 9 answered, review held", "3 of 10 users rely on it", "nothing"), (row.Performance, row.Answers, row.Adoption, row.Open));
    }

    [Fact]
    public void An_empty_portfolio_says_so() =>
        Assert.Equal("No initiative is registered yet.", ComposePortfolio.From(Facts()).Headline);

    [Fact]
    public void A_signal_upward_needs_nobody_and_is_said()
    {
        var card = ComposePortfolio.From(Facts(One("Meeting notes", loop: Loop(3.1, 3.0, 3.2, 3.1, 3.0, 3.2, 4.9))));

        Assert.Equal("Nothing needs you this week.", card.Headline);
        Assert.StartsWith("4.9 of 5, signal: above the upper limit", Assert.Single(card.Rows).Performance, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_six_weeks_no_word_claims_a_trend()
    {
        var row = Assert.Single(ComposePortfolio.From(Facts(One("Meeting notes", loop: Loop(4, 4, 4, 1)))).Rows);

        Assert.Equal(("4 of 6", null), (row.Performance["1.0 of 5, collecting, ".Length..][..6], row.Needs));
    }

    [Fact]
    public void A_week_too_few_answered_shows_neither_mean_nor_the_signal_of_a_week_before()
    {
        var row = Assert.Single(ComposePortfolio.From(Facts(One("Meeting notes", loop: Loop(4.1, 4.0, 4.2, 4.1, 4.0, 4.2, 2.0, null)))).Rows);

        Assert.Equal(("too few answers to show", null), (row.Performance, row.Needs));
    }

    [Fact]
    public void Weeks_left_out_and_pauses_are_told_and_no_failure()
    {
        var card = ComposePortfolio.From(Facts(
            One("A", loop: Loop(4) with { Week = new PortfolioWeek(new(2026, 11, 26), RoundState.Skipped, "Thanksgiving", null, null, 0, null) }),
            One("B", loop: Loop(4) with { Week = null, Paused = "new vendor", LastReview = new(2026, 9, 3) }),
            One("C", loop: Loop(4) with { Week = null, LastReview = null, NextReview = new(2026, 12, 3), StartedAt = Clock.Now.AddDays(-2) })));

        Assert.Equal("Nothing needs you this week.", card.Headline);
        Assert.Equal(["left out: Thanksgiving", "paused: new vendor", "first review 3 Dec"], card.Rows.Select(r => r.Performance));
    }

    [Fact]
    public void A_loop_nothing_was_heard_of_for_weeks_needs_somebody()
    {
        var loop = Loop(4) with { Week = null, LastReview = new(2026, 11, 5) };

        var row = Assert.Single(ComposePortfolio.From(Facts(One("A", loop: loop))).Rows);

        Assert.Equal(("no review for weeks", "no review this week, last 5 Nov"), (row.Needs, row.Performance));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "warning: no owner")]
    [InlineData(3, "critical: no owner")]
    public void A_warning_needs_somebody_from_level_two_up(int level, string? needs)
    {
        var row = Assert.Single(ComposePortfolio.From(Facts(One("A", loop: Loop(4), warnings: new OpenWarning("no-owner", level)))).Rows);

        Assert.Equal((needs, "1 warning: no owner"), (row.Needs, row.Open));
    }

    [Fact]
    public void What_has_stopped_stands_below_with_what_was_said_of_it_and_counts()
    {
        var said = Obstacle(Cause.DataQuality, "not ready");
        var card = ComposePortfolio.From(Facts(
            One("Lead scoring", Stage.Stalled, weeks: 6, obstacle: said),
            One("Ticket triage", Stage.Stalled, weeks: 11),
            One("Forecasting", Stage.Retired, weeks: 30),
            One("Old search", Stage.Retired, weeks: 40, wasInProduction: true),
            One("Onboarding", Stage.Idea),
            One("Meeting notes", Stage.Production, weeks: 3, loop: Loop(4))));

        Assert.Equal("started 5, stalled 2, ended before production 1, in production 1, since February 2026", card.Pilots);
        Assert.Equal(
            [
                "Lead scoring: stalled 6 weeks ago, data quality: \"not ready\"", "Ticket triage: stalled 11 weeks ago, no cause recorded",
                "Ideas: Onboarding", "Retired: Forecasting, Old search",
            ],
            card.Others.Select(o => $"{o.Label}: {o.Text}"));
        Assert.Equal(["Meeting notes"], card.Rows.Select(r => r.Name));
    }

    [Fact]
    public void A_cause_told_among_the_moves_is_not_told_twice()
    {
        var facts = Facts(One("Lead scoring", Stage.Stalled, weeks: 0, obstacle: Obstacle(Cause.NoOwner, "nobody owns it"))) with
        {
            Moves = [new("Lead scoring", false, Stage.Pilot, Stage.Stalled, "nobody owns it", "Ana", Clock.Now)],
        };

        Assert.Equal("stalled this week, no owner", Assert.Single(ComposePortfolio.From(facts).Others).Text);
    }

    [Fact]
    public void An_idea_with_a_warning_moves_up_into_the_table()
    {
        var card = ComposePortfolio.From(Facts(One("Third pilot", Stage.Idea, warnings: new OpenWarning("one-more-pilot", 3))));

        Assert.Equal("1 of 1 needs you: Third pilot (critical: one more pilot).", card.Headline);
        Assert.Null(card.Pilots);
    }

    [Fact]
    public void Samples_are_marked_come_last_and_count_only_among_themselves()
    {
        var sample = One("Sample scoring", isSample: true);

        var mixed = ComposePortfolio.From(Facts(sample, One("Meeting notes", loop: Loop(4))));
        var alone = ComposePortfolio.From(Facts(sample));

        Assert.Equal("Nothing needs you this week.", mixed.Headline);
        Assert.StartsWith("started 1,", mixed.Pilots, StringComparison.Ordinal);
        Assert.Equal([("Meeting notes", false), ("Sample scoring", true)], mixed.Rows.Select(r => (r.Name, r.IsSample)));
        Assert.Equal("1 of 1 needs you: Sample scoring (no weekly loop).", alone.Headline);
    }

    [Fact]
    public void Of_two_hundred_at_most_twenty_rows_are_shown_and_the_card_can_be_sent()
    {
        var name = new string('ж', 80);
        var card = ComposePortfolio.From(Facts([.. Enumerable.Range(0, 200).Select(i => One($"{i:000} {name}", owner: name, loop: Loop([4.1, 4.0, 4.2, 4.1, 4.0, 4.2, 2.0], held: false), overdue: 12))]));

        Assert.Equal((20, 180), (card.Rows.Count, card.MoreRows));
        Assert.InRange(card.Headline.Length, 20, 150);
        Assert.StartsWith("200 of 200 need you: 000 ", card.Headline, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(CardFiles.Book.Fill(card).Content.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })), 1, 28 * 1024);
    }

    [Fact]
    public void What_moved_is_told_with_its_reason_verbatim()
    {
        var facts = Facts(One("Lead scoring", Stage.Stalled)) with
        {
            Moves =
            [
                new("Lead scoring", false, Stage.Pilot, Stage.Stalled, "the *CRM* has no field", "Ana", DateTimeOffset.Parse("2026-11-26T23:30:00Z")),
                new("Onboarding", false, null, Stage.Idea, null, null, DateTimeOffset.Parse("2026-11-24T09:00:00Z")),
            ],
        };

        var shown = CardText.Of(CardFiles.Book.Fill(ComposePortfolio.From(facts)));

        Assert.Contains("pilot to stalled, 27 Nov\n (Ana)\n  “the *CRM* has no field”", shown, StringComparison.Ordinal);
        Assert.Contains("registered as idea, 24 Nov", shown, StringComparison.Ordinal);
    }

    private static PortfolioFacts Facts(params InitiativeFacts[] initiatives) => new(initiatives, [], Clock.Now, "Europe/Berlin");

    private static InitiativeFacts One(
        string name, Stage stage = Stage.Pilot, int weeks = 8, LoopFacts? loop = null, int overdue = 0, bool isSample = false, Obstacle? obstacle = null,
        bool wasInProduction = false, string? owner = "Ana", params OpenWarning[] warnings)
    {
        var since = Clock.Now.AddDays(-7 * weeks);
        var initiative = new Initiative { Id = Id.New<InitiativeId>(Clock), WorkspaceId = default, Name = name, Stage = stage, CreatedAt = since, IsSample = isSample };
        return new InitiativeFacts(initiative, since, stage == Stage.Idea ? null : since, wasInProduction || stage == Stage.Production, owner, obstacle, loop, overdue, warnings);
    }

    private static LoopFacts Loop(params double?[] means) => Loop(means, held: true);

    private static LoopFacts Loop(double?[] means, bool held)
    {
        var weeks = means.Select((mean, i) => new WeekValue(new DateOnly(2026, 11, 26).AddDays(-7 * (means.Length - 1 - i)), mean)).ToList();
        return new LoopFacts(
            Clock.Now.AddDays(-7 * means.Length), null, new PortfolioWeek(weeks[^1].ReviewDate, RoundState.Closed, null, held, 9, 7, means[^1]),
            means.Length > 1 ? weeks[^2].ReviewDate : null, weeks[^1].ReviewDate.AddDays(7),
            ProcessBehaviourChart.Of(new WeeklySeries(SeriesName.Performance, weeks, 1, 5, [])), new Reliance(3, 10));
    }

    private static Obstacle Obstacle(Cause cause, string sentence) =>
        new() { Id = Id.New<ObstacleId>(Clock), WorkspaceId = default, InitiativeId = default, Cause = cause, Sentence = sentence, At = Clock.Now };
}
