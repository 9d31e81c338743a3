using System.Globalization;
using Bot.Cards;

namespace Bot.Web.Reports.Charts;

/// <summary>A date under the plot.</summary>
/// <param name="Year">Said at the first one and where it changes.</param>
public sealed record WeekTick(double X, string Date, string? Year);

/// <summary>The weeks of a loop along a drawing: places by calendar, so that a week that is missing leaves its room empty.</summary>
public sealed class WeekAxis
{
    /// <summary>Weeks between two dates: months, quarters and years rather than odd numbers.</summary>
    private static readonly int[] Steps = [1, 2, 4, 8, 13, 26, 52, 104, 208];
    private readonly DateOnly _first;
    private readonly double _from;

    public WeekAxis(DateOnly firstReview, DateOnly lastReview, ChartFrame frame)
    {
        _first = Say.Monday(firstReview);
        Weeks = (Say.Monday(lastReview).DayNumber - _first.DayNumber) / 7;
        var room = frame.Right - frame.Left - (2 * ChartFrame.Inset);
        WeekWidth = Weeks == 0 ? 0 : room / Weeks;
        _from = frame.Left + ChartFrame.Inset + (Weeks == 0 ? room / 2 : 0);
        Ticks = Dates(frame.LabelWidth);
    }

    /// <summary>From the first to the last one.</summary>
    public int Weeks { get; }

    public double WeekWidth { get; }

    public IReadOnlyList<WeekTick> Ticks { get; }

    public double X(DateOnly date) => _from + ((Say.Monday(date).DayNumber - _first.DayNumber) / 7 * WeekWidth);

    /// <summary>Counted from the last week back: the one people look for has its date.</summary>
    private IReadOnlyList<WeekTick> Dates(double labelWidth)
    {
        var step = Steps.First(s => s * WeekWidth >= labelWidth || s >= Weeks);
        var mondays = Enumerable.Range(0, (Weeks / step) + 1).Select(i => _first.AddDays((Weeks - (i * step)) * 7)).Reverse().ToList();
        return [.. mondays.Select((monday, i) => new WeekTick(
            X(monday), monday.ToString("d MMM", CultureInfo.InvariantCulture),
            i == 0 || mondays[i - 1].Year != monday.Year ? monday.Year.ToString(CultureInfo.InvariantCulture) : null))];
    }
}
