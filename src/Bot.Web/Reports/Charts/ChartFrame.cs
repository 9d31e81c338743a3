namespace Bot.Web.Reports.Charts;

/// <summary>The measures of a drawing, in units of about one pixel at the size it is shown.</summary>
/// <param name="Left">Where the plot begins; the values of the axis stand before it.</param>
/// <param name="Right">Where the plot ends; the values of the limits stand behind it.</param>
/// <param name="Bottom">Where the plot ends below; dates and marks stand under it.</param>
/// <param name="LabelWidth">What a date needs beside the next one.</param>
/// <param name="NamesLimits">Room for "upper 4.4" instead of "4.4".</param>
public sealed record ChartFrame(string Name, double Width, double Left, double Right, double Top, double Bottom, double LabelWidth, bool NamesLimits)
{
    private const double DatesHeight = 34;
    private const double MarksHeight = 24;

    /// <summary>For half a desktop's width, and paper.</summary>
    public static ChartFrame Wide { get; } = new("wide", 560, 44, 478, 12, 206, 52, NamesLimits: true);

    /// <summary>For a phone held upright.</summary>
    public static ChartFrame Narrow { get; } = new("narrow", 340, 36, 302, 12, 196, 48, NamesLimits: false);

    /// <summary>Room between the frame of the plot and its first and last week.</summary>
    public const double Inset = 10;

    public double MarksY => Bottom + DatesHeight + (MarksHeight / 2);

    public double Height(bool hasMarks) => Bottom + DatesHeight + (hasMarks ? MarksHeight : 0) + 2;
}
