using Bot.Trends;

namespace Bot.Web.Reports.Charts;

/// <summary>How a point is drawn: the rule it shows is told by its shape, and by its colour only besides.</summary>
public static class Shape
{
    public const string Routine = "dot";
    private const double Dot = 2.6;

    /// <summary>The class of a point: the first rule it is part of names it.</summary>
    public static string Of(SignalRule? rule) => rule switch
    {
        SignalRule.OutsideLimits => "outside",
        SignalRule.EightOnOneSide => "row",
        SignalRule.ThreeOfFourNearLimit => "near",
        _ => Routine,
    };

    /// <summary>The outline around a place.</summary>
    /// <param name="up">Which way a triangle points.</param>
    public static string Path(SignalRule? rule, double x, double y, bool up) => rule switch
    {
        SignalRule.OutsideLimits => Draw.Closed((x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)),
        SignalRule.EightOnOneSide when up => Draw.Closed((x, y - 5.5), (x + 5.5, y + 4), (x - 5.5, y + 4)),
        SignalRule.EightOnOneSide => Draw.Closed((x, y + 5.5), (x + 5.5, y - 4), (x - 5.5, y - 4)),
        SignalRule.ThreeOfFourNearLimit => Draw.Closed((x - 4, y - 4), (x + 4, y - 4), (x + 4, y + 4), (x - 4, y + 4)),
        _ => $"M{Draw.N(x - Dot)} {Draw.N(y)}a{Draw.N(Dot)} {Draw.N(Dot)} 0 1 0 {Draw.N(2 * Dot)} 0a{Draw.N(Dot)} {Draw.N(Dot)} 0 1 0 {Draw.N(-2 * Dot)} 0Z",
    };
}
