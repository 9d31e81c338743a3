using System.Globalization;
using System.Text;
using Bot.Store;

namespace Bot.Benchmarks.Growth;

/// <summary>The tables of growth: times beside the pages that were looked at, and how steeply both grow.</summary>
internal static class GrowthReport
{
    public static void Write(ReportFile report, string circumstances, IReadOnlyList<GrowthPoint> points)
    {
        var text = new StringBuilder(circumstances).Append('\n').Append(Slopes(points)).Append('\n');
        foreach (var (axis, grown) in Axes(points))
        {
            foreach (var (unit, of) in new (string, Func<Cost, double>)[] { ("milliseconds", cost => cost.Milliseconds), ("pages looked at", cost => cost.Pages) })
            {
                var lines = grown.GroupBy(point => point.Database).SelectMany(database => database.First().Costs.Keys.Select(what => new Line(
                    $"{what}, {Short(database.Key)}", [.. database.Select(point => ((double)Size(point, axis), of(point.Costs[what])))]))).ToList();
                foreach (var part in new[] { "sweep", "" })
                {
                    var drawn = lines.Where(line => line.Name.StartsWith("sweep", StringComparison.Ordinal) == (part == "sweep")).ToList();
                    text.Append(report.Draw(
                        $"growth-{axis}-{unit.Split(' ')[0]}{(part == "sweep" ? "-sweep" : "")}",
                        new Plot($"{(part == "sweep" ? "The sweep over what is due" : "Status and digest")}: {unit} with more {axis}", axis + ", by tens", unit + ", by tens", XByTens: true, YByTens: true), drawn));
                }
            }
        }

        report.Put("growth", text.Append('\n').Append(Table(points)).ToString());
    }

    private static string Slopes(IReadOnlyList<GrowthPoint> points)
    {
        var text = new StringBuilder("| with more | | database | slope of the time | slope of the pages |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (axis, grown) in Axes(points))
        {
            foreach (var database in grown.GroupBy(point => point.Database))
            {
                foreach (var what in database.First().Costs.Keys)
                {
                    double Slope(Func<Cost, double> of) => SlopeOf([.. database.Select(point => (Math.Log(Size(point, axis)), Math.Log(of(point.Costs[what]))))]);
                    text.AppendLine(CultureInfo.InvariantCulture, $"| {axis} | {what} | {Short(database.Key)} | {Slope(cost => cost.Milliseconds):0.00} | {Slope(cost => cost.Pages):0.00} |");
                }
            }
        }

        return text.ToString();
    }

    private static string Table(IReadOnlyList<GrowthPoint> points)
    {
        var whats = points[0].Costs.Keys.ToList();
        var text = new StringBuilder($"<details><summary>All figures</summary>\n\n| database | loops | weeks | rows in the store |{string.Concat(whats.Select(what => $" {what}: ms, pages |"))}\n| --- | --- | --- | --- |{string.Concat(whats.Select(_ => " --- |"))}\n");
        foreach (var point in points)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Short(point.Database)} | {point.Loops:N0} | {point.Weeks} | {point.Rows:N0} |{string.Concat(whats.Select(what => $" {point.Costs[what].Milliseconds:0.0}, {point.Costs[what].Pages:0} |"))}");
        }

        return text.Append("\n</details>\n").ToString();
    }

    /// <summary>The points that differ in loops alone, and those that differ in weeks alone.</summary>
    private static IEnumerable<(string Axis, List<GrowthPoint> Points)> Axes(IReadOnlyList<GrowthPoint> points) => new (string Axis, List<GrowthPoint> Points)[]
    {
        ("loops", [.. points.Where(point => point.Weeks == points[0].Weeks).OrderBy(point => point.Loops)]),
        ("weeks", [.. points.Where(point => point.Loops == points[0].Loops).OrderBy(point => point.Weeks)]),
    }.Where(axis => axis.Points.DistinctBy(point => Size(point, axis.Axis)).Count() > 1);

    private static int Size(GrowthPoint point, string axis) => axis == "loops" ? point.Loops : point.Weeks;

    private static string Short(Database database) => database == Database.Postgres ? "PostgreSQL" : "SQLite";

    /// <summary>Least squares.</summary>
    private static double SlopeOf(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
