using System.Text;

namespace Bot.Evidence;

/// <summary>The series under which a monitor sends the values of a behaviour metric.</summary>
public static class MetricSeries
{
    /// <summary>Lower case, what is no letter or digit as one underscore: "Tickets deflected" is "tickets_deflected".</summary>
    public static string Of(string name)
    {
        var series = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
            {
                series.Append(char.ToLowerInvariant(c));
            }
            else if (series.Length > 0 && series[^1] != '_')
            {
                series.Append('_');
            }
        }

        return series.ToString().TrimEnd('_');
    }
}
