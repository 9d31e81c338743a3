using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Bot.Benchmarks;

/// <summary>One line of a plot.</summary>
internal sealed record Line(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A plot as SVG, 800 wide, that reads on white and on black: lines with a legend, axes with their units, linear or by tens.</summary>
internal sealed record Plot(string Title, string X, string Y, bool XByTens = false, bool YByTens = false)
{
    private const int Width = 800;
    private const int Height = 360;
    private const int Left = 74;
    private const int Right = 16;
    private const int Top = 58;
    private const int Bottom = 52;
    private const int LegendStep = 180;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>In the middle of the scale of lightness; each line also has a dash of its own.</summary>
    private static readonly (string Colour, string Dash)[] Strokes = [("#2f7ed8", "none"), ("#d9541e", "7 3"), ("#3a9b50", "2 3"), ("#9b5fc0", "9 3 2 3"), ("#b8860b", "4 2"), ("#c23b73", "1 2")];

    public string Draw(IReadOnlyList<Line> lines)
    {
        var points = lines.SelectMany(line => line.Points).Where(p => (!XByTens || p.X > 0) && (!YByTens || p.Y > 0)).ToList();
        var (x, y) = (Scale.Of(points.Select(p => p.X), XByTens, Left, Width - Right), Scale.Of(points.Select(p => p.Y), YByTens, Height - Bottom, Top));
        var svg = new XElement(
            Svg + "svg", new XAttribute("viewBox", $"0 0 {Width} {Height}"), new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", 13), new XAttribute("fill", "#808080"), new XAttribute("role", "img"), new XElement(Svg + "title", Title),
            Text(Left, 20, Title, size: 16));
        foreach (var tick in x.Ticks())
        {
            svg.Add(Rule(x.At(tick), Top, x.At(tick), Height - Bottom), Text(x.At(tick), Height - Bottom + 18, Say(tick), "middle"));
        }

        foreach (var tick in y.Ticks())
        {
            svg.Add(Rule(Left, y.At(tick), Width - Right, y.At(tick)), Text(Left - 8, y.At(tick) + 4, Say(tick), "end"));
        }

        svg.Add(Text((Left + Width - Right) / 2.0, Height - 12, X, "middle"));
        var middle = (Top + Height - Bottom) / 2.0;
        svg.Add(new XElement(Svg + "text", new XAttribute("transform", Invariant($"translate(18 {middle}) rotate(-90)")), new XAttribute("text-anchor", "middle"), Y));
        foreach (var (number, line) in lines.Index())
        {
            var (colour, dash) = Strokes[number % Strokes.Length];
            var stroke = new[] { new XAttribute("stroke", colour), new XAttribute("stroke-width", 2), new XAttribute("stroke-dasharray", dash) };
            var at = Left + (number * LegendStep);
            svg.Add(new XElement(Svg + "path", new XAttribute("d", $"M{at} 38H{at + 28}"), stroke), Text(at + 34, 42, line.Name));
            var drawn = line.Points.Where(points.Contains).ToList();
            svg.Add(new XElement(Svg + "path", new XAttribute("d", Path(drawn.ConvertAll(p => (x.At(p.X), y.At(p.Y))))), new XAttribute("fill", "none"), stroke));
            if (drawn.Count <= 60)
            {
                svg.Add(drawn.Select(p => new XElement(Svg + "circle", new XAttribute("cx", Invariant($"{x.At(p.X):0.#}")), new XAttribute("cy", Invariant($"{y.At(p.Y):0.#}")), new XAttribute("r", 3), new XAttribute("fill", colour))));
            }
        }

        return svg + "\n";
    }

    private static string Path(List<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Invariant($"{x:0.#} {y:0.#}"));
        }

        return path.ToString();
    }

    private static XElement Text(double x, double y, string text, string anchor = "start", int? size = null) => new(
        Svg + "text", new XAttribute("x", Invariant($"{x:0.#}")), new XAttribute("y", Invariant($"{y:0.#}")), new XAttribute("text-anchor", anchor), size is null ? null : new XAttribute("font-size", size), text);

    private static XElement Rule(double x1, double y1, double x2, double y2) => new(
        Svg + "path", new XAttribute("d", Invariant($"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}")), new XAttribute("stroke", "#808080"), new XAttribute("stroke-opacity", "0.3"));

    private static string Say(double value) => value switch
    {
        >= 1_000_000 => Invariant($"{value / 1_000_000:0.##}M"),
        >= 1000 => Invariant($"{value / 1000:0.##}k"),
        _ => Invariant($"{value:0.###}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>From values to places on the paper.</summary>
    private sealed record Scale(double Low, double High, bool ByTens, double From, double To)
    {
        public static Scale Of(IEnumerable<double> values, bool byTens, double from, double to)
        {
            var all = values.DefaultIfEmpty(1).ToList();
            var (low, high) = byTens ? (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max()))) : (0, all.Max());
            return new Scale(low, high > low ? high : low + 1, byTens, from, to);
        }

        public double At(double value) => From + ((To - From) * ((ByTens ? Math.Log10(value) : value) - Low) / (High - Low));

        public IEnumerable<double> Ticks()
        {
            if (ByTens)
            {
                return Enumerable.Range((int)Low, (int)(High - Low) + 1).Select(power => Math.Pow(10, power));
            }

            // A step of 1, 2 or 5 that gives four to nine of them.
            var rough = High / 6;
            var ten = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            var step = new[] { 1, 2, 5, 10 }.Select(times => times * ten).First(candidate => candidate >= rough);
            return Enumerable.Range(0, (int)(High / step) + 1).Select(number => number * step);
        }
    }
}
