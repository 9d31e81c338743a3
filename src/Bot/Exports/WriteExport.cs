using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.CheckIns;
using Bot.Loops;

namespace Bot.Exports;

/// <summary>The files an export consists of.</summary>
public static class ExportFile
{
    public const string Weeks = "weeks.csv";
    public const string Texts = "texts.csv";
    public const string All = "all.json";

    public static IReadOnlyList<string> Names { get; } = [Weeks, Texts, All];

    public static string MediaType(string file) => file == All ? "application/json; charset=utf-8" : "text/csv; charset=utf-8";
}

/// <summary>Writes one file of an export.</summary>
public sealed class WriteExport(ReadExport read, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="file">One of <see cref="ExportFile.Names"/>.</param>
    public async Task<byte[]> BytesAsync(LoopInHand loop, string file, CancellationToken ct)
    {
        var export = await read.OfAsync(loop, ct);
        return file switch
        {
            ExportFile.Weeks => SpreadsheetCsv.Weeks(export.Weeks),
            ExportFile.Texts => SpreadsheetCsv.Texts(export.Texts),
            _ => JsonSerializer.SerializeToUtf8Bytes(Shape(export), Json),
        };
    }

    private object Shape(LoopExport export)
    {
        var (loop, initiative) = (export.Loop.Loop, export.Loop.Initiative);
        return new
        {
            exportedAt = clock.GetUtcNow(),
            initiative = new
            {
                initiative.Name, initiative.Stage, export.Owner, export.Builder, initiative.Outcome, initiative.Metric, initiative.PilotCost, initiative.DeploymentBudget,
                initiative.TrustedSource, initiative.WhatChanges, initiative.WhatDoesNot, initiative.PlannedEnd, initiative.CreatedAt, initiative.IsSample,
                export.Stages, export.Obstacles, export.Warnings,
            },
            loop = new
            {
                channel = export.Loop.Channel.Name, loop.Slot, loop.OpenHours, loop.RemindHours, loop.LocalTime, loop.Asynchronous, loop.Facilitation,
                loop.StartedAt, loop.PausedAt, loop.PausedBecause, people = export.Members,
            },
            weeks = export.Weeks.Select(w => new
            {
                w.Week, w.ReviewDate, w.State, w.SkippedBecause, w.Imported, w.Figures?.Asked, w.Figures?.Answered, w.Figures?.Rated, w.Figures?.Mean,
                w.Figures?.Lowest, w.Figures?.Highest, didNotUse = w.Figures?.Unused,
                struggles = w.Figures?.Struggles.ToDictionary(s => CheckInFields.Label(s.Struggle), s => s.People),
                drift = w.Figures?.Drift is { } drift ? new { drift.Yes, drift.NotSure, drift.No } : null,
                w.Figures?.Metric, w.Figures?.SupportHours,
            }),
            texts = export.Texts,
            evidence = export.Evidence.Select(i => new { i.Source, i.Series, i.Value, i.Unit, i.Method, i.Threshold, i.Verdict, i.Text, i.At, i.EndedAt, i.ReceivedAt }),
        };
    }
}
