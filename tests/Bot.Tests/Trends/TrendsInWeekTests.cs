using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Imports;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Trends;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Trends;

/// <summary>What a loop's cards say of trends and themes, on the store: digest, agenda, status, /pilot trend, and limits set anew.</summary>
public sealed class TrendsInWeekTests : IAsyncLifetime
{
    private static readonly string[] People = ["ana", "ben", "chloe", "dev"];
    private Product _product = null!;
    private Loop _loop = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.SeedLoopAsync();
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    private string Performance => $"{_loop.Id}:performance";

    [Fact]
    public async Task The_digest_says_how_many_weeks_there_are_while_too_few()
    {
        await WeeksAsync(3, _ => 3);

        Assert.Contains("Collecting, 3 of 6 weeks.", await DigestAsync());
    }

    [Fact]
    public async Task The_digest_names_a_signal_first_and_status_says_the_same()
    {
        await WeeksAsync(13, i => i == 12 ? 1 : 3);

        var digest = await DigestAsync();

        Assert.StartsWith("Needs attention: performance below the lower limit 2.5, for the first time.", digest);
        Assert.Contains("Signal: below the lower limit 2.5, for the first time (12 weeks locked).", digest);
        Assert.Contains("Signal: below the lower limit 2.5, for the first time (12 weeks locked).", Shown(await _product.TypeAsync("ana", "status")));
    }

    [Fact]
    public async Task The_digest_of_a_week_with_too_few_answers_calls_no_signal_of_the_week_before()
    {
        await WeeksAsync(13, i => i == 12 ? 1 : 3);
        await WeekAsync(13, 2, 5);

        var digest = await DigestAsync();

        Assert.DoesNotContain("ignal", digest);
        Assert.Contains("No figure to compare with the limits (12 weeks locked)", digest);
    }

    [Fact]
    public async Task The_behaviour_metric_is_said_the_same_way()
    {
        await _product.UseAsync(async db =>
        {
            (await db.Initiatives.SingleAsync()).Metric = new BehaviourMetric("Calls changed", "calls", 20, 60);
            await db.SaveChangesAsync();
        });
        await WeeksAsync(7, _ => 3, metric: i => 40 + (i % 2));

        var digest = await DigestAsync();

        Assert.Contains("Calls changed: 40 calls this week; baseline 20, target 60", digest);
        Assert.Contains("Routine variation (trial limits, 7 weeks); a change under 2.66 calls would not show yet.", digest);
    }

    [Fact]
    public async Task The_digest_and_the_agenda_group_what_got_in_the_way()
    {
        await WeeksAsync(3, _ => 3, text: (i, who) => who switch { "ana" => "a score without a reason again", "ben" => "a score without a reason", _ => null });

        var digest = await DigestAsync();

        Assert.Contains("score without a reason: 2 (third week running, no action yet) · wrong or odd results, 4 in all", digest.Replace("\n", ""));
    }

    [Fact]
    public async Task A_theme_with_an_action_in_its_weeks_is_not_called_unattended()
    {
        await WeeksAsync(3, _ => 3, text: (_, who) => who is "ana" or "ben" ? "scores without a reason" : null);
        var second = await _product.RoundAsync(_loop.Id, Date(1).ToString("yyyy-MM-dd"));
        await _product.SeedAsync(new ActionItem
        {
            Id = Id.New<ActionItemId>(_product.Clock), WorkspaceId = _loop.WorkspaceId, LoopId = _loop.Id, RoundId = second.Id, Text = "explain it", OwnerId = await _product.PersonAsync("ben"),
            DueOn = new DateOnly(2026, 12, 24), CreatedAt = _product.Clock.Now,
        });

        Assert.DoesNotContain("no action yet", await DigestAsync());
    }

    [Fact]
    public async Task A_text_without_a_name_is_neither_quoted_nor_counted_in_a_theme_when_fewer_than_three_wrote_under_its_kind()
    {
        await WeekAsync(0, 4, 3, text: who => who == "ana" ? "export late" : null);
        await NamelessAsync(0, "export late, says somebody");
        var two = await DigestAsync();
        await NamelessAsync(0, "late export again");
        var three = await DigestAsync();

        Assert.DoesNotContain("export late: ", two);
        Assert.Contains("export late: 3", three);
    }

    [Fact]
    public async Task A_week_with_fewer_than_three_answers_founds_no_theme_and_shows_none()
    {
        await WeekAsync(0, 2, 3, text: _ => "export late");
        Assert.DoesNotContain("export", await DigestAsync());

        await WeekAsync(1, 4, 3, text: who => who == "ana" ? "export late" : null);
        Assert.DoesNotContain("new", await DigestAsync());
    }

    [Fact]
    public async Task Imported_comments_on_poor_ratings_are_grouped_and_those_on_good_ones_are_not()
    {
        const string csv = """
            date,rating,text
            2026-10-05,2,needs a phone number
            2026-10-05,1,wants my phone number
            2026-10-06,5,haptic feedback is lovely
            2026-10-06,4,lovely haptic feedback
            """;
        await _product.AskAsync<ImportAnswers, ImportOutcome>(import => import.RunAsync(
            _loop, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), new ImportColumns("date", "rating", "text", null), false, null, CancellationToken.None));

        var digest = await DigestAsync();

        Assert.Contains("phone number: 2", digest);
        Assert.DoesNotContain("haptic", digest);
    }

    [Fact]
    public void Texts_are_read_from_the_beginning_of_a_block_10_to_18_weeks_back()
    {
        var dates = Enumerable.Range(0, 60).Select(i => new DateOnly(2026, 1, 1).AddDays(7 * i)).ToList();

        Assert.All(dates, date => Assert.InRange(WeeklySeries.WeeksBetween(ReadThemes.From(date), date) + 1, 10, 18));
        Assert.InRange(dates.Select(ReadThemes.From).Distinct().Count(), 7, 8);
    }

    [Fact]
    public async Task The_trend_is_shown_as_a_chart_with_the_same_in_words()
    {
        await WeeksAsync(14, i => i == 12 ? 1 : 3);

        var card = Assert.IsType<Reply.Whisper>(await _product.TypeAsync("ben", "trend")).Card;

        var chart = card.Content["body"]!.AsArray().Single(e => (string?)e!["type"] == "Chart.Line")!;
        Assert.Equal(14, chart["data"]![0]!["values"]!.AsArray().Count);
        Assert.Equal(("2026-01-01", 3.0), ((string?)chart["data"]![0]!["values"]![0]!["x"], (double)chart["data"]![0]!["values"]![0]!["y"]!));
        Assert.Equal(14, ((string)chart["fallback"]!["text"]!).Length);
        var text = CardText.Of(card);
        Assert.Contains("Mean 3.1, limits 2.5 and 3.8 (12 weeks locked).", text);
        Assert.Contains("Week of 23 March: below the lower limit 2.5.", text);
        Assert.DoesNotContain("Set limits anew", text);
    }

    [Theory]
    [InlineData("trend 2", "2 weeks")]
    [InlineData("trend churn 3", "3 weeks")]
    [InlineData("trend Churn predictor answerrate 4", "no week with a figure of answer rate")]
    [InlineData("trend unused", "did not use it")]
    [InlineData("trend 5 struggles", "struggles per answer")]
    public async Task Words_after_trend_name_initiative_series_and_weeks_in_any_order(string typed, string shown)
    {
        await WeeksAsync(8, _ => 3);

        Assert.Contains(shown, Shown(await _product.TypeAsync("ana", typed)));
    }

    [Fact]
    public async Task A_button_shows_another_series_and_unknown_ones_are_not_known()
    {
        await WeeksAsync(8, _ => 3);

        Assert.Contains("struggles per answer", Shown(await _product.PressAsync("ben", ShowTrend.Action, $"{_loop.Id}:struggles")));
        foreach (var key in new[] { $"{_loop.Id}:profit", $"{_loop.Id}:1", $"{Guid.NewGuid():N}:performance", "", "performance" })
        {
            Assert.Contains("not known here", Shown(await _product.PressAsync("ben", ShowTrend.Action, key)));
        }
    }

    [Fact]
    public async Task A_loop_without_figures_says_when_there_will_be_some()
    {
        Assert.Contains("the first comes after the first review", Shown(await _product.TypeAsync("ana", "trend")));
    }

    [Fact]
    public async Task A_loop_of_another_workspace_is_answered_as_an_unknown_one()
    {
        await WeeksAsync(8, _ => 3);
        var elsewhere = new WorkspaceRef(RecordingChat.TheName, "other", "Other");

        foreach (var action in new[] { ShowTrend.Action, RebaseSeries.Action })
        {
            var reply = await _product.HearAsync(new CardAction(_product.Next(), elsewhere, new ChatPerson("root", "Root", null, true), new Conversation("dm-x", ConversationKind.Personal), new ActionRef(action, Performance), null));
            Assert.Contains("not known here", Shown(reply));
        }
    }

    [Fact]
    public async Task Limits_are_set_anew_by_the_owner_with_a_decision_and_the_trend_shows_the_break()
    {
        await WeeksAsync(14, i => i < 12 ? 3 : 2);
        var first = await _product.RoundAsync(_loop.Id, Date(11).ToString("yyyy-MM-dd"));
        await _product.SeedAsync(new Decision { Id = Id.New<DecisionId>(_product.Clock), LoopId = _loop.Id, RoundId = first.Id, Text = "the score comes with reasons", By = await _product.PersonAsync("ana"), At = _product.Clock.Now });
        var form = await _product.OpenAsync("ana", RebaseSeries.Action, Performance);
        var decision = (await _product.UseAsync(db => db.Decisions.SingleAsync())).Id;

        var reply = await _product.SendAsync("ana", form.Ref, new() { ["from"] = "2026-03-26", ["because"] = $"d-{decision}" });

        Assert.Contains("set anew from the week of 23 March", Shown(reply));
        var rebase = await _product.UseAsync(db => db.Rebases.SingleAsync());
        Assert.Equal((SeriesName.Performance, new DateOnly(2026, 3, 26), await _product.PersonAsync("ana")), (rebase.Series, rebase.From, rebase.By));
        var trend = Shown(await _product.TypeAsync("ana", "trend"));
        Assert.Contains("Collecting, 2 of 6 weeks since the limits were set anew in the week of 23 March.", trend);
        Assert.Contains("the score comes with reasons", trend);
        Assert.Contains("collecting, 2 of 6 weeks".ToUpperInvariant(), (await DigestAsync()).ToUpperInvariant());
        Assert.Contains("Routine variation", Shown(await _product.PressAsync("ana", ShowTrend.Action, $"{_loop.Id}:unused")).Replace("Nothing moved", "Routine variation"));
    }

    [Fact]
    public async Task The_same_week_again_takes_the_newer_reason()
    {
        await WeeksAsync(3, _ => 3);
        var form = (await _product.OpenAsync("root", RebaseSeries.Action, Performance)).Ref;
        await _product.SendAsync("root", form, new() { ["from"] = "2026-01-08", ["sentence"] = "moved to production" });

        await _product.SendAsync("root", form, new() { ["from"] = "2026-01-08", ["sentence"] = "new list order" });

        Assert.Equal("new list order", (await _product.UseAsync(db => db.Rebases.SingleAsync())).Reason);
    }

    [Theory]
    [InlineData("2026-01-08", null, null, "sentence")]
    [InlineData("2026-01-08", "d-made-up", "because of it", "because")]
    [InlineData("2026-01-01", null, "the first week cannot begin anew", "from")]
    [InlineData("2025-01-08", null, "never was", "from")]
    [InlineData(null, null, "no week", "from")]
    public async Task Limits_are_not_set_anew_without_a_week_and_a_reason(string? from, string? because, string? sentence, string field)
    {
        await WeeksAsync(3, _ => 3);
        var form = (await _product.OpenAsync("ana", RebaseSeries.Action, Performance)).Ref;
        var typed = new Dictionary<string, string?> { ["from"] = from, ["because"] = because, ["sentence"] = sentence }.Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value!);

        var reply = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", form, typed));

        Assert.Equal([field], reply.Errors.Keys);
        Assert.Empty(await _product.UseAsync(db => db.Rebases.ToListAsync()));
    }

    [Fact]
    public async Task Somebody_else_is_told_who_may_set_limits_anew()
    {
        await WeeksAsync(3, _ => 3);

        var pressed = await _product.PressAsync("ben", RebaseSeries.Action, Performance);
        var sent = await _product.SendAsync("ben", new ActionRef(RebaseSeries.FormName, Performance), new() { ["from"] = "2026-01-08", ["sentence"] = "x" });

        Assert.All(new[] { pressed, sent }, reply => Assert.Contains("Only Ana (owner) or a workspace admin", Shown(reply)));
        Assert.Empty(await _product.UseAsync(db => db.Rebases.ToListAsync()));
    }

    [Fact]
    public async Task With_one_week_there_is_nothing_to_set_anew()
    {
        await WeeksAsync(1, _ => 3);

        Assert.Contains("nothing to set anew", Shown(await _product.PressAsync("ana", RebaseSeries.Action, Performance)));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    private static DateOnly Date(int place) => new DateOnly(2026, 1, 1).AddDays(7 * place);

    private async Task<string> DigestAsync() => Shown(await _product.TypeAsync("ana", "digest"));

    private async Task WeeksAsync(int weeks, Func<int, int> rating, Func<int, double?>? metric = null, Func<int, string, string?>? text = null)
    {
        for (var i = 0; i < weeks; i++)
        {
            var week = i;
            await WeekAsync(i, 4, rating(i), metric?.Invoke(i), text is null ? null : who => text(week, who));
        }
    }

    private async Task WeekAsync(int place, int answers, int rating, double? metric = null, Func<string, string?>? text = null)
    {
        var round = await _product.SeedWeekAsync(_loop, Date(place).ToString("yyyy-MM-dd"));
        foreach (var who in People.Take(answers))
        {
            await _product.SeedAsync(new Answer
            {
                Id = Id.New<AnswerId>(_product.Clock), RoundId = round.Id, PersonId = await _product.PersonAsync(who), Rating = rating + (who == "chloe" && answers == 4 ? place % 2 : 0), Struggles = Struggles.WrongResults, StruggleText = text?.Invoke(who),
                MetricValue = who == "ana" ? metric : null, At = round.ReviewAt, Counted = true,
            });
        }
    }

    private async Task NamelessAsync(int place, string text)
    {
        var round = await _product.RoundAsync(_loop.Id, Date(place).ToString("yyyy-MM-dd"));
        await _product.SeedAsync(new NamelessNote { Id = Guid.NewGuid(), RoundId = round.Id, Struggles = Struggles.WrongResults, Text = text, Counted = true });
    }
}
