using System.Globalization;

namespace Bot.Cards.Expressions;

/// <summary>Instants in ISO 8601; without an offset they are UTC, and results are UTC.</summary>
internal static class DateFunctions
{
    private const string Exact = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly string[] Iso = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static IEnumerable<Function> All =>
    [
        Function.Of("formatDateTime", Signature.Of(Kinds.Text).Maybe(Kinds.Text), Kinds.Text, Demand.Nothing, Format),
        Shift("addDays", TimeSpan.TicksPerDay),
        Shift("addHours", TimeSpan.TicksPerHour),
        Shift("addMinutes", TimeSpan.TicksPerMinute),
        Shift("addSeconds", TimeSpan.TicksPerSecond),
    ];

    private static Value Format(Value[] values)
    {
        if (!values[0].IsText || !TryRead(values[0].Text, Iso, out var instant))
            return Value.Failure($"'{values[0].AsText()}' is not a date in ISO 8601, such as 2026-11-22 or 2026-11-22T09:30:00Z.");
        return Written(instant, values.Length == 2 ? values[1] : Value.Undefined);
    }

    private static Function Shift(string name, long unit) =>
        Function.Of(name, Signature.Of(Kinds.Text, Kinds.Number).Maybe(Kinds.Text), Kinds.Text, Demand.Nothing, values =>
        {
            if (!values[0].IsText || !TryRead(values[0].Text, [Exact], out var instant))
                return Value.Failure($"{name} takes an instant to the millisecond, such as 2026-11-22T09:30:00.000Z, not '{values[0].AsText()}'.");
            if (!values[1].IsNumber)
                return Value.Failure($"{name} takes a number, not {values[1].AsText()}.");
            var ticks = instant.Ticks + (Math.Truncate(values[1].Number) * unit);
            return ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks
                ? Value.Failure($"{name} leaves the calendar: {values[0].Text} and {values[1].AsText()}.")
                : Written(instant.AddTicks((long)Math.Truncate(values[1].Number) * unit), values.Length == 3 ? values[2] : Value.Undefined);
        });

    private static bool TryRead(string text, string[] formats, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    private static Value Written(DateTimeOffset instant, Value format) => format is { IsText: true, Count: > 0 }
        ? DateFormat.Write(instant, format.Text)
        : Value.Of(instant.ToString(Exact, CultureInfo.InvariantCulture));
}
