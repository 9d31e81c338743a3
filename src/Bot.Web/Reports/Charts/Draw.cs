using System.Globalization;

namespace Bot.Web.Reports.Charts;

/// <summary>Coordinates as SVG writes them.</summary>
public static class Draw
{
    /// <summary>A tenth of a unit is finer than any screen shows.</summary>
    public static string N(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    public static string Closed(params ReadOnlySpan<(double X, double Y)> corners) => Open(corners) + "Z";

    public static string Open(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var path = "";
        foreach (var (x, y) in corners)
        {
            path += $"{(path.Length == 0 ? 'M' : 'L')}{N(x)} {N(y)}";
        }

        return path;
    }
}
