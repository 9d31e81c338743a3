using System.Globalization;
using Bot.CheckIns;
using Bot.Exports;
using Bot.Trends;
using CsvHelper;

namespace Bot.Reports;

/// <summary>The weeks of a report as CSV for a spreadsheet: the figures of each week, then each series with its limits and signals.</summary>
public static class WriteReportWeeks
{
    public static byte[] Csv(Report report) => SpreadsheetCsv.Write(csv =>
    {
        var names = Enum.GetValues<SeriesName>().Where(n => report.Loops.Any(l => l.Series.Any(s => s.Words.Name == n))).ToList();
        SpreadsheetCsv.Header(csv,
        [
            "channel", "week", "review_date", "state", "skipped_because", "imported", "held", "asked", "answered", "rated", "mean", "did_not_use", "struggles_named",
            "drift_yes", "drift_not_sure", "drift_no", "metric", "support_hours", "decisions", "actions", "experiments",
            .. names.Select(n => SpreadsheetCsv.SnakeCase(n.ToString())).SelectMany(n => new[] { n, n + "_mean", n + "_lower_limit", n + "_upper_limit", n + "_limits", n + "_signal" }),
        ]);
        foreach (var loop in report.Loops)
        {
            for (var place = 0; place < loop.Weeks.Count; place++)
            {
                Week(csv, loop.Channel, loop.Weeks[place]);
                names.ForEach(name => Series(csv, loop.Series.FirstOrDefault(s => s.Words.Name == name), place));
                csv.EndRecord();
            }
        }
    });

    private static void Week(CsvWriter csv, string channel, ReportedWeek week)
    {
        var it = week.Figures;
        csv.WriteField(SpreadsheetCsv.Protected(channel));
        csv.WriteField(ExportedWeek.IsoWeek(it.ReviewDate));
        csv.WriteField(it.ReviewDate, "yyyy-MM-dd");
        csv.WriteField(it.State == RoundState.Skipped ? "skipped" : "closed");
        csv.WriteField(SpreadsheetCsv.Protected(week.SkippedBecause));
        csv.WriteField(it.Imported ? "yes" : "no");
        csv.WriteField(it.Held switch { true => "yes", false => "no", null => "" });
        int? may(int count) => week.MaySay ? count : null;
        int? was(int count) => it.State == RoundState.Skipped ? null : count;
        SpreadsheetCsv.Counts(csv, [it.State == RoundState.Skipped ? null : it.Asked, was(it.Answered), was(it.Rated)]);
        Number(csv, it.Mean);
        SpreadsheetCsv.Counts(csv, [may(it.Unused), may(it.StrugglesNamed), may(it.DriftYes), may(it.DriftNotSure), may(it.DriftNo)]);
        Number(csv, it.Metric);
        Number(csv, it.SupportHours);
        SpreadsheetCsv.Counts(csv, [it.Decisions, it.Actions, it.Experiments]);
    }

    private static void Series(CsvWriter csv, ReportedSeries? series, int place)
    {
        var run = series?.RunAt(place);
        Number(csv, series?.Chart.Series.Weeks[place].Value);
        Number(csv, run?.Limits?.Mean);
        Number(csv, run?.Limits?.LowerLimit);
        Number(csv, run?.Limits?.UpperLimit);
        csv.WriteField(run?.State.ToString().ToLowerInvariant());
        csv.WriteField(string.Join("; ", series?.SignalsAt(place).Select(ChartWords.Short) ?? []));
    }

    private static void Number(CsvWriter csv, double? value) => csv.WriteField(value?.ToString("0.####", CultureInfo.InvariantCulture));
}
