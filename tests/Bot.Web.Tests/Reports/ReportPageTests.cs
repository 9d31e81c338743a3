using System.Net;
using System.Text.RegularExpressions;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Warnings;
using Bot.Web.Tests.Links;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Reports;

// What the page and the CSV say of half a year, what they never say, and hostile text in every field.
public sealed partial class ReportPageTests
{
    private const string Hostile = "zx <script>zx()</script> **bold** [a](javascript:zx) \"q\" & <b onload=zx>";

    [Fact]
    public async Task The_page_says_how_the_initiative_stands()
    {
        await using var host = await ReportHost.StartAsync();

        var words = Words(await host.PageAsync());

        Assert.Contains("<Churn & predictor>", words);
        Assert.Contains("pilot, week 25, planned were 12", words);
        Assert.Contains("within [timeframe: open]", words);
        Assert.Contains("Behaviour metric: Calls changed because of it in calls, baseline 20, target 60, more is better", words);
        Assert.Contains("Drift was confirmed by people and monitors", words);
        Assert.Contains("signal Performance: below the lower limit", words);
        Assert.Contains("overdue Explain the score in the CRM (ana, due 13 Nov)", words);
        Assert.Contains("Limits computed anew from 7 Sep: The support desk took over from the project team (ana); before, from the week of", words);
        Assert.Contains("Ten account managers agreed to try it for a quarter", words);
        Assert.Contains("From October the support desk answers", words);
        Assert.Contains("0.31 (threshold 0.1, Jensen-Shannon distance)", words);
        Assert.Contains("1 of 3 done", words);
        Assert.Contains("left out: company holiday", words);
        Assert.Contains("users rely on it", words);
        Assert.Contains("Would it survive scale?", words);
    }

    [Fact]
    public async Task Every_series_with_a_value_has_a_chart_told_in_words_and_a_table_of_its_weeks()
    {
        await using var host = await ReportHost.StartAsync();

        var page = await host.PageAsync();
        var figures = page.Split("<figure")[1..];

        Assert.Equal(
            ["Performance", "Did not use it", "Got in the way", "Saw drift", "Answered", "Calls changed because of it", "Special support", "Readiness"],
            figures.Select(f => Words(Heading().Match(f).Value).Trim()));
        Assert.All(figures, figure =>
        {
            Assert.Equal(2, Regex.Count(figure, "<svg class=\"chart (wide|narrow)\"[^>]* role=\"img\" aria-label=\"[^\"]{60,}\"", RegexOptions.None, TimeSpan.FromSeconds(5)));
            Assert.Equal(ReportRows.Weeks, Regex.Count(figure[..figure.IndexOf("</figure>", StringComparison.Ordinal)], "<tr>", RegexOptions.None, TimeSpan.FromSeconds(5)) - 1);
            Assert.Contains("left out", Words(figure));
        });
        Assert.Contains("would not show yet", Words(figures[0]));
        Assert.Contains("class=\"point outside\"", figures[0]);
        Assert.Contains("class=\"break\"", figures[6]);
        Assert.Contains(">trial limits<", figures[6]);
    }

    [Fact]
    public async Task A_week_of_two_answers_says_nothing_of_what_they_said()
    {
        await using var host = await ReportHost.StartAsync();

        var csv = await host.Http.GetStringAsync(host.Report() + "/weeks.csv");
        var (head, row) = (csv.Split("\r\n")[0].TrimStart('\uFEFF').Split(','), Row(csv, "2026-09-24"));
        string Cell(string name) => row[Array.IndexOf(head, name)];

        Assert.Equal(("2", "", "", "", "", "", ""), (Cell("answered"), Cell("mean"), Cell("did_not_use"), Cell("struggles_named"), Cell("drift_yes"), Cell("performance"), Cell("drift")));
        Assert.Equal("37", Cell("metric"));
    }

    [Fact]
    public async Task The_weeks_as_a_file_have_each_series_with_its_limits_and_signals()
    {
        await using var host = await ReportHost.StartAsync();

        var csv = await host.Http.GetStringAsync(host.Report() + "/weeks.csv");
        var head = csv.Split("\r\n")[0].TrimStart('\uFEFF').Split(',');
        var (last, leftOut) = (Row(csv, "2026-11-19"), Row(csv, "2026-08-27"));

        Assert.Equal(ReportRows.Weeks + 1, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(["#churn", "2026-W47", "2026-11-19", "closed", "", "no", "yes", "9", "8", "7", "1.8571"], last[..11]);
        Assert.Equal("below the limit; 3 of 4 near the lower limit", last[Array.IndexOf(head, "performance_signal")]);
        Assert.Equal("locked", last[Array.IndexOf(head, "performance_limits")]);
        Assert.Equal("trial", last[Array.IndexOf(head, "support_hours_limits")]);
        Assert.Equal(("skipped", "company holiday", ""), (leftOut[3], leftOut[4], leftOut[Array.IndexOf(head, "performance")]));
    }

    [Fact]
    public async Task No_text_that_people_wrote_becomes_markup()
    {
        await using var host = await ReportHost.StartAsync();
        await host.UseAsync(async db =>
        {
            var initiative = await db.Initiatives.SingleAsync();
            initiative.Name = Hostile;
            initiative.Outcome = new(Hostile, Hostile, Hostile, Hostile);
            initiative.Metric = new(Hostile, Hostile, 1, 2);
            await db.People.ExecuteUpdateAsync(x => x.SetProperty(p => p.Name, Hostile));
            await db.Channels.ExecuteUpdateAsync(x => x.SetProperty(c => c.Name, Hostile));
            await db.Decisions.ExecuteUpdateAsync(x => x.SetProperty(d => d.Text, Hostile));
            await db.ActionItems.ExecuteUpdateAsync(x => x.SetProperty(a => a.Text, Hostile));
            await db.Experiments.ExecuteUpdateAsync(x => x.SetProperty(e => e.Change, Hostile).SetProperty(e => e.Expect, Hostile));
            await db.StageChanges.ExecuteUpdateAsync(x => x.SetProperty(s => s.Reason, Hostile));
            await db.Rebases.ExecuteUpdateAsync(x => x.SetProperty(r => r.Reason, Hostile));
            await db.Warnings.ExecuteUpdateAsync(x => x.SetProperty(w => w.Finding, Hostile));
            await db.WarningAnswers.ExecuteUpdateAsync(x => x.SetProperty(a => a.Text, Hostile));
            await db.PlanItems.ExecuteUpdateAsync(x => x.SetProperty(p => p.Text, Hostile));
            await db.Evidence.ExecuteUpdateAsync(x => x.SetProperty(e => e.Text, Hostile).SetProperty(e => e.Series, Hostile).SetProperty(e => e.Method, Hostile).SetProperty(e => e.Unit, Hostile));
            await db.Rounds.Where(r => r.SkippedBecause != null).ExecuteUpdateAsync(x => x.SetProperty(r => r.SkippedBecause, "=" + Hostile));
            await db.SaveChangesAsync();
        });

        var page = await host.PageAsync();
        var csv = await host.Http.GetStringAsync(host.Report() + "/weeks.csv");

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<b ", page);
        Assert.DoesNotContain("<strong>bold", page);
        Assert.DoesNotContain("href=\"javascript", page);
        Assert.True(Regex.Count(WebUtility.HtmlDecode(page), Regex.Escape(Hostile), RegexOptions.None, TimeSpan.FromSeconds(5)) > 30);
        Assert.Contains("\"'=zx", csv);
    }

    [Fact]
    public async Task No_answer_is_quoted()
    {
        await using var host = await ReportHost.StartAsync();
        await host.UseAsync(async db =>
        {
            await db.Answers.ExecuteUpdateAsync(x => x
                .SetProperty(a => a.Comment, "zxsaid-comment").SetProperty(a => a.StruggleText, "zxsaid-struggle").SetProperty(a => a.DriftSource, "zxsaid-source").SetProperty(a => a.DriftExample, "zxsaid-example"));
            db.Add(new NamelessNote { Id = Guid.NewGuid(), RoundId = (await db.Rounds.FirstAsync()).Id, Struggles = Struggles.Other, Text = "zxsaid-nameless", Counted = true });
            await db.Warnings.ExecuteUpdateAsync(x => x.SetProperty(w => w.Evidence, "zxsaid-evidence \"zxsaid-quote\""));
            await db.SaveChangesAsync();
        });

        Assert.DoesNotContain("zxsaid", await host.PageAsync());
        Assert.DoesNotContain("zxsaid", await host.Http.GetStringAsync(host.Report() + "/weeks.csv"));
    }

    [Fact]
    public async Task A_quiet_initiative_says_that_nothing_needs_anybody()
    {
        await using var host = await LinkHost.StartAsync();

        var words = Words(await host.PageAsync());

        Assert.Contains("Nothing needs you now", words);
        Assert.Contains("No week is closed yet", words);
        Assert.Contains("No behaviour metric yet", words);
    }

    [Fact]
    public async Task An_ended_loop_comes_after_the_one_that_runs_and_needs_nobody()
    {
        await using var host = await ReportHost.StartAsync();
        await host.UseAsync(async db =>
        {
            var old = await db.Loops.SingleAsync();
            old.EndedAt = host.Clock.Now;
            db.Add(new Loop
            {
                Id = Bot.Chat.Id.New<LoopId>(host.Clock), WorkspaceId = old.WorkspaceId, InitiativeId = old.InitiativeId, ChannelId = old.ChannelId, Slot = WeeklySlot.Default, StartedAt = host.Clock.Now,
            });
            await db.Warnings.ExecuteUpdateAsync(x => x.SetProperty(w => w.State, WarningState.Answered));
            await db.SaveChangesAsync();
        });

        var words = Words(await host.PageAsync());

        Assert.Equal(2, Regex.Count(words, "Loop in #churn", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Contains("this loop has ended", words);
        Assert.True(words.IndexOf("No week is closed yet", StringComparison.Ordinal) < words.IndexOf("this loop has ended", StringComparison.Ordinal));
        Assert.Contains("Nothing needs you now", words);
    }

    private static string[] Row(string csv, string reviewDate) => csv.Split("\r\n").Select(line => line.Split(',')).Single(cells => cells.Length > 2 && cells[2] == reviewDate);

    /// <summary>What stands between the tags, with single spaces.</summary>
    private static string Words(string html) => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(html, " "), " ")).Replace(" ,", ",", StringComparison.Ordinal).Replace(" ;", ";", StringComparison.Ordinal)
        .Replace(" .", ".", StringComparison.Ordinal).Replace(" :", ":", StringComparison.Ordinal);

    [GeneratedRegex("<h3.*?</h3>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Space();
}
