using Bot.CheckIns;
using Bot.Trends;

namespace Bot.Tests.Trends;

/// <summary>Series and charts made of plain values, one a week; null is a week without a value.</summary>
internal static class Series
{
    public static readonly DateOnly FirstWeek = new(2026, 1, 1);

    public static DateOnly Week(int place) => FirstWeek.AddDays(7 * place);

    public static WeeklySeries Of(IEnumerable<double?> values, double? least = null, double? most = null, params int[] rebased) => new(
        SeriesName.Behaviour, [.. values.Select((v, i) => new WeekValue(Week(i), v))], least, most, [.. rebased.Select(Week)]);

    public static ProcessBehaviourChart Chart(params double?[] values) => ProcessBehaviourChart.Of(Of(values));

    public static ProcessBehaviourChart Ratings(IEnumerable<double?> values, params int[] rebased) =>
        ProcessBehaviourChart.Of(Of(values, 1, 5, rebased) with { Name = SeriesName.Performance });

    /// <summary>Twelve weeks with this mean and this mean moving range: the limits that are then locked are known.</summary>
    public static IEnumerable<double?> Baseline(double mean, double movingRange) =>
        Enumerable.Range(0, ProcessBehaviourChart.LockedWeeks).Select(i => (double?)(mean + (i % 2 == 0 ? movingRange : -movingRange) / 2));

    /// <summary>Repeats values until there are so many.</summary>
    public static IEnumerable<double?> Cycle(int weeks, params double?[] values) => Enumerable.Range(0, weeks).Select(i => values[i % values.Length]);
}
