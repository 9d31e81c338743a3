using Bot.Reports;

namespace Bot.Web.Reports.Charts;

/// <summary>One number on the time line, or the first and last of several that would lie on each other.</summary>
/// <param name="Ticks">Where the weeks are that it stands for.</param>
public sealed record MarkPill(double X, double Width, string Label, IReadOnlyList<double> Ticks)
{
    private const double Gap = 3;

    /// <summary>As many as have room, from left to right; the list beside the chart tells each apart by its date.</summary>
    public static IReadOnlyList<MarkPill> Of(IReadOnlyList<Mark> marks, WeekAxis weeks)
    {
        var pills = new List<(int First, int Last, List<double> Ticks)>();
        foreach (var mark in marks)
        {
            var x = weeks.X(mark.Monday);
            if (pills is [.., var before] && Pill(before) is var drawn && drawn.X + (drawn.Width / 2) + Gap > x - (WidthOf($"{mark.Number}") / 2))
            {
                before.Ticks.Add(x);
                pills[^1] = before with { Last = mark.Number };
            }
            else
            {
                pills.Add((mark.Number, mark.Number, [x]));
            }
        }

        return pills.ConvertAll(Pill);
    }

    private static MarkPill Pill((int First, int Last, List<double> Ticks) of)
    {
        var label = of.First == of.Last ? $"{of.First}" : $"{of.First}–{of.Last}";
        return new MarkPill((of.Ticks[0] + of.Ticks[^1]) / 2, WidthOf(label), label, of.Ticks);
    }

    private static double WidthOf(string label) => Math.Max(16, (label.Length * 6.4) + 6);
}
