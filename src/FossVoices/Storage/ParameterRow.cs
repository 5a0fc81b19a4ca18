using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace FossVoices.Storage;

/// <summary>A type whose properties are handed to SQL as parameters, looked at once.</summary>
internal sealed class ParameterRow
{
    private static readonly ConcurrentDictionary<Type, ParameterRow> s_known = new();

    private ParameterRow(Type type)
    {
        Type = type;
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        HasList = Array.Exists(properties, IsList);
        Columns = [.. properties.Where(property => property.GetIndexParameters().Length == 0).Select(property => (property.Name, Reader(type, property)))];
    }

    public Type Type { get; }

    /// <summary>Whether one of them is a list.</summary>
    public bool HasList { get; }

    public ImmutableArray<(string Name, Func<object, object?> Read)> Columns { get; }

    public static ParameterRow Of(Type type) => s_known.GetOrAdd(type, static its => new ParameterRow(its));

    /// <summary>Compiled, since asking the property by reflection each time takes longer than many statements.</summary>
    private static Func<object, object?> Reader(Type type, PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(row, type), property), typeof(object)), row).Compile();
    }

    private static bool IsList(PropertyInfo property) =>
        property.PropertyType != typeof(string) && property.PropertyType != typeof(byte[]) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType);
}
