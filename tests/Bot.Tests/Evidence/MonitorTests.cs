using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;

namespace Bot.Tests.Evidence;

/// <summary>What a week of evidence comes to, in figures and in words, and where it and people disagree. Pure.</summary>
public sealed class MonitorTests
{
    private static readonly DateTimeOffset Monday = DateTimeOffset.Parse("2026-11-16T08:00:00Z");
    private static readonly DateOnly Today = new(2026, 11, 19);

    [Fact]
    public void Of_a_series_the_newest_value_speaks_and_the_worst_series_comes_first()
    {
        var figure = MonitorFigure.Of([
            Item("age", Verdict.Drift, 0, 0.4), Item("age", Verdict.None, 2, 0.01),
            Item("plan", Verdict.Possible, 1, 0.2), Item("rows", Verdict.Unknown, 3, 5000), Item("drift share", Verdict.None, 2, 0.1),
        ]);

        Assert.Equal(["plan", "age", "drift share", "rows"], figure.Items.Select(i => i.Series));
        Assert.Equal((Verdict.Possible, true), (figure.Worst, figure.Judges));
    }

    [Fact]
    public void An_alert_that_is_over_has_fired_all_the_same()
    {
        var figure = MonitorFigure.Of([
            Item("DriftShareHigh", Verdict.Drift, 0, null, EvidenceSource.Alertmanager, ended: 1), Item("DriftShareHigh", Verdict.None, 1, null, EvidenceSource.Alertmanager),
        ]);

        Assert.Equal(Verdict.Drift, figure.Worst);
        Assert.Equal("DriftShareHigh (drift, fired 16 Nov, resolved 17 Nov) · Alertmanager", Line(Assert.Single(figure.Items)));
    }

    [Fact]
    public void Only_values_that_nobody_judged_say_nothing_about_drift()
    {
        Assert.False(MonitorFigure.Of([Item("rows", Verdict.Unknown, 0, 5000)]).Judges);
        Assert.Equal(MonitorFigure.Nothing, MonitorFigure.Of([]));
    }

    [Theory]
    [InlineData(EvidenceSource.Evidently, "drift share", Verdict.Drift, 2 / 3.0, 0.5, null, "drift share 0.667 (drift, threshold 0.5) · Evidently")]
    [InlineData(EvidenceSource.Evidently, "age", Verdict.None, 0.00004, 0.05, "K-S p_value", "age 4E-05 (no drift, K-S p_value, threshold 0.05) · Evidently")]
    [InlineData(EvidenceSource.Plain, "psi_age", Verdict.Possible, 0.2, null, "PSI", "psi_age 0.2 (possible drift, PSI) · monitor")]
    [InlineData(EvidenceSource.NannyMl, "roc_auc", Verdict.Unknown, 0.71, null, null, "roc_auc 0.71 (not judged) · NannyML")]
    [InlineData(EvidenceSource.Plain, "calls", Verdict.Unknown, 1234.5, null, null, "calls 1234.5 (not judged) · monitor")]
    public void A_line_says_the_value_how_it_was_read_and_who_said_it(
        EvidenceSource source, string series, Verdict verdict, double value, double? threshold, string? method, string expected)
    {
        Assert.Equal(expected, Line(Item(series, verdict, 0, value, source, threshold: threshold, method: method)));
    }

    [Fact]
    public void What_fires_still_says_since_when()
    {
        var item = Item("PSI of income", Verdict.Possible, -400, 0.31, EvidenceSource.Grafana, text: "PSI above 0.25");

        Assert.Equal("PSI of income (possible drift, firing since 12 Oct 2025, value 0.31): PSI above 0.25 · Grafana", Line(item));
    }

    [Fact]
    public void More_lines_than_fit_are_counted()
    {
        var figure = MonitorFigure.Of(Enumerable.Range(0, 7).Select(n => Item($"column {n}", Verdict.None, 0, 0)));

        var lines = MonitorWords.Of(figure, null, 5, "Europe/Berlin", Today);

        Assert.Equal((5, "2 more", null), (lines.Lines.Count, lines.More, lines.Disagreement));
        Assert.Equal(MonitorLines.None, MonitorWords.Of(MonitorFigure.Nothing, new DriftFigure(5, 0, 0, []), 5, "Europe/Berlin", Today));
    }

    [Theory]
    [InlineData(4, 0, 4, Verdict.None, Disagreement.OnlyPeople)]
    [InlineData(1, 1, 2, Verdict.None, Disagreement.OnlyPeople)] // a quarter
    [InlineData(3, 0, 30, Verdict.None, Disagreement.OnlyPeople)] // three
    [InlineData(2, 0, 30, Verdict.None, null)]
    [InlineData(0, 0, 8, Verdict.Drift, Disagreement.OnlyMonitors)]
    [InlineData(1, 3, 4, Verdict.Drift, Disagreement.OnlyMonitors)]
    [InlineData(2, 0, 6, Verdict.Drift, null)] // both
    [InlineData(0, 0, 8, Verdict.None, null)] // neither
    [InlineData(0, 0, 8, Verdict.Possible, null)] // the monitors are not sure
    [InlineData(8, 0, 0, Verdict.Possible, null)]
    [InlineData(8, 0, 0, Verdict.Unknown, null)] // the monitors have not said anything
    [InlineData(2, 0, 0, Verdict.None, null)] // too few people
    [InlineData(0, 0, 2, Verdict.Drift, null)]
    public void People_and_monitors_disagree_when_both_are_sure(int yes, int notSure, int no, Verdict worst, Disagreement? expected)
    {
        var monitors = worst == Verdict.Unknown ? MonitorFigure.Nothing : MonitorFigure.Of([Item("a", worst, 0, 1)]);

        Assert.Equal(expected, CompareDrift.Of(new DriftFigure(yes, notSure, no, []), monitors));
        Assert.Null(CompareDrift.Of(null, monitors));
    }

    private static string Line(EvidenceItem item) => MonitorWords.Line(item, "Europe/Berlin", Today);

    private static EvidenceItem Item(
        string series, Verdict verdict, int day, double? value, EvidenceSource source = EvidenceSource.Evidently, int? ended = null, double? threshold = null, string? method = null, string? text = null) => new()
    {
        Id = new EvidenceItemId(Guid.NewGuid()), WorkspaceId = new WorkspaceId(Guid.Empty), InitiativeId = new InitiativeId(Guid.Empty), SameAs = $"{Guid.NewGuid()}",
        Source = source, Series = series, Value = value, Threshold = threshold, Method = method, Verdict = verdict, Text = text,
        At = Monday.AddDays(day), EndedAt = ended is { } end ? Monday.AddDays(end) : null, ReceivedAt = Monday.AddDays(day),
    };
}
