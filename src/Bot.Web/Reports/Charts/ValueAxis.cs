using Bot.Trends;

namespace Bot.Web.Reports.Charts;

/// <summary>The range of a value axis and its round numbers.</summary>
public sealed record ValueAxis(double From, double To, IReadOnlyList<double> Ticks)
{
    private const int Steps = 4;

    /// <param name="values">Everything that has to be inside: values, limits, targets.</param>
    public static ValueAxis Of(SeriesName name, IReadOnlyCollection<double> values, double? least, double? most) => name switch
    {
        SeriesName.Performance => Ratings(values.Min(), values.Max()),
        SeriesName.Readiness => new(0, 100, [0, 25, 50, 75, 100]),
        _ => Round(values.Min(), values.Max(), least, most),
    };

    /// <summary>Whole ratings, and never fewer than two steps: what moves by a tenth must not look like a cliff.</summary>
    private static ValueAxis Ratings(double lowest, double highest)
    {
        var (from, to) = (Math.Floor(lowest), Math.Ceiling(highest));
        from = Math.Min(from, 3);
        to = Math.Max(to, from + 2);
        var step = to - from > 2 ? 1 : 0.5;
        return new ValueAxis(from, to, [.. Enumerable.Range(0, (int)((to - from) / step) + 1).Select(i => from + (i * step))]);
    }

    private static ValueAxis Round(double lowest, double highest, double? least, double? most)
    {
        // From zero where zero is the bottom or near: a cut axis makes noise look like news.
        var from = least is not null || (lowest >= 0 && lowest <= highest / 2) ? least ?? 0 : lowest;
        var to = highest > from ? highest : from + Math.Max(Math.Abs(from), least is 0 && most is 1 ? 0.2 : 1);
        var step = RoundStep((to - from) / Steps);
        var first = Math.Floor((from / step) + 1e-9);
        var last = Math.Ceiling((to / step) - 1e-9);
        var ticks = Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step).Where(t => most is null || t <= most + 1e-9).ToList();
        return new ValueAxis(ticks[0], ticks[^1], ticks);
    }

    /// <summary>The next of 1, 2, 2.5, 5 times a power of ten.</summary>
    private static double RoundStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least / power) switch { <= 1.000001 => 1, <= 2.000001 => 2, <= 2.500001 => 2.5, <= 5.000001 => 5, _ => 10 };
    }
}
