namespace Bot.Trends;

/// <summary>The natural process limits of a run of values (XmR): mean and mean moving range, and what follows from them.</summary>
/// <param name="Mean">Of the values.</param>
/// <param name="MovingRange">Mean of the moving ranges; more than 0.</param>
/// <param name="LowerLimit">Null where it lies below what is possible.</param>
/// <param name="UpperLimit">Null where it lies above what is possible.</param>
public sealed record Limits(double Mean, double MovingRange, double? LowerLimit, double? UpperLimit)
{
    /// <summary>Wheeler's rounded constant; 3/1.128 to three digits would be 2.660 as well.</summary>
    public const double Natural = 2.660;

    /// <summary>Of the mean moving range: a range above it is exceptional.</summary>
    public const double Range = 3.268;

    public double RangeLimit => Range * MovingRange;

    /// <summary>The smallest change of the mean that would cross a limit now; null while no limit can be crossed.</summary>
    public double? SmallestVisible => LowerLimit is null && UpperLimit is null ? null : Natural * MovingRange;

    /// <summary>Far enough from the mean to be nearer to a limit.</summary>
    public double HalfWay => Natural * MovingRange / 2;

    /// <summary>Null when nothing moves, or nothing can be said to: then there are no limits.</summary>
    /// <param name="ranges">Moving ranges that do not cross a long gap.</param>
    internal static Limits? Of(IReadOnlyCollection<double> values, IReadOnlyCollection<double> ranges, double? least, double? most)
    {
        if (ranges.Count == 0 || ranges.Average() is not (> 0 and var range))
        {
            return null;
        }

        var mean = values.Average();
        var (lower, upper) = (mean - (Natural * range), mean + (Natural * range));
        return new Limits(mean, range, lower < least ? null : lower, upper > most ? null : upper);
    }

    internal bool IsAbove(double value) => value > UpperLimit && !Same(value, UpperLimit.Value);

    internal bool IsBelow(double value) => value < LowerLimit && !Same(value, LowerLimit.Value);

    /// <summary>On which side of the mean: 1, -1, or 0 on it.</summary>
    internal int Side(double value) => Same(value, Mean) ? 0 : Math.Sign(value - Mean);

    /// <summary>Nearer to a limit than to the mean, whether or not that limit can be crossed.</summary>
    internal bool IsFar(double value) => Math.Abs(value - Mean) - HalfWay > Tolerance;

    /// <summary>Equal but for the last digits of arithmetic, at every scale and however far from 0.</summary>
    private bool Same(double one, double other) => Math.Abs(one - other) <= Tolerance;

    private double Tolerance => (MovingRange * 1e-9) + (Math.Abs(Mean) * 1e-13);
}
