using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bot.Web.Playground;

/// <summary>The style sheets, the scripts and the icon, out of the assembly.</summary>
public static class Asset
{
    private static readonly Dictionary<string, (byte[] Bytes, string Type, EntityTagHeaderValue Tag)> Known = new[]
    {
        ("playground.css", "text/css; charset=utf-8"),
        ("cards.css", "text/css; charset=utf-8"),
        ("playground.js", "text/javascript; charset=utf-8"),
        ("words.js", "text/javascript; charset=utf-8"),
        ("playground.svg", "image/svg+xml"),
    }.ToDictionary(asset => asset.Item1, asset => Load(asset.Item1, asset.Item2));

    /// <summary>The address with the content's own tag, so that it may be kept for good.</summary>
    public static string Address(string name) => $"{Place.Root}/assets/{name}?v={Known[name].Tag.Tag.Value!.Trim('"')}";

    public static IResult Handle(string name, HttpContext call)
    {
        if (!Known.TryGetValue(name, out var asset))
        {
            return Plain.NotFound();
        }

        call.Response.Headers.CacheControl = call.Request.QueryString.HasValue ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Bytes, asset.Type, entityTag: asset.Tag);
    }

    private static (byte[] Bytes, string Type, EntityTagHeaderValue Tag) Load(string name, string type)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream("playground/" + name)
            ?? throw new InvalidOperationException($"{name} is not inside the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, type, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
    }
}
